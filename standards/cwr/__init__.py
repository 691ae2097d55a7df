"""CWR, the format in which publishers register works with societies, and societies answer."""
