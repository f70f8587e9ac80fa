"""Floor 4: the command line, the server and the frame of a page.

``cli`` holds the commands, one module beside it for each. ``serve`` finds a port, ``server`` sets Voila up, ``pages``
answers, ``site`` knows which pages there are, ``render`` and ``template/`` make one of a notebook, ``kernels`` and
``kernel`` run it.
"""
