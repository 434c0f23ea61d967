# Prints the connection by which this node is reached over SSH: client, its port, server, its port. Empty without one.
# `ended` before it: there is no such socket, and no other connection is known.
printf '%s\n' "${NETLOOM_SSH_ENDED:+ended }${SSH_CONNECTION:-}"
