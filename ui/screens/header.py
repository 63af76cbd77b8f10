"""The headers by which our guard tells a page who is looking and in which language. Nobody else may set them."""

USER = "x-gemelo-user"  # in which session he came in
LANGUAGE = "x-gemelo-language"
TRUSTED = (USER, LANGUAGE)
