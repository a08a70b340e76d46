"""One authenticity question a module; never a verdict."""
