"""An address on the web -> what stands there or what answers, or a plain sentence why not.

``reach`` says which part of the network may be reached, ``fetch`` alone opens connections, ``visits`` asks the links of
an issue once a day. Nothing here is called by a step that only reads files.
"""
