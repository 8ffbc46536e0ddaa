"""The notebook grader of *Convolutional Networks in Nine Questions*."""

__version__ = "0.2.0"
