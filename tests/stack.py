"""A whole field that tests start, and the command line's way to its API."""

from hil.stack import Stack as BareStack
from ui.cli.client import Api


class Stack(BareStack):
    """A stack, and its API with the token for writing."""

    @property
    def api(self) -> Api:
        return Api(self.api_url, self.token)
