"""The studio: an issue as its readers will see it, on one's own machine, new at every save.

``sight`` reads, renders and checks an issue and keeps the last good letter; ``watch`` does so whenever a file changes;
``guard`` lets nobody in but a browser on this machine; ``app`` holds the pages; ``serve`` runs them. Nothing here can
change a file, see a subscriber, or send.
"""
