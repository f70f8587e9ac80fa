"""Learn motivational interviewing: the code behind the course.

Text goes up through four floors, and no floor knows the one above it:
``coder`` (text to codes), ``feedback``/``cases``/``progress`` (what to say, about what, and what is kept),
``ui`` (widgets) and ``app`` (command line and server).
"""

__version__ = "0.1.0"
