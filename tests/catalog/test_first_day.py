"""The day on which an object first came, by itself or inside something."""
