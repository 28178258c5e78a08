"""Why a file cannot be read."""


class FichierIllisible(ValueError):
    """The file gives no rows; the message is one French sentence for the person who sent it."""
