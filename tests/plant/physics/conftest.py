from hypothesis import settings

settings.register_profile("physics", deadline=None)  # what a busy machine takes is no fact about the world
settings.load_profile("physics")
