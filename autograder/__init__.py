"""The notebook grader of *Convolutional Networks in Nine Questions*."""

__version__ = "0.1.0"
