# Prints the connection by which this node is reached over SSH: client, its port, server, its port. Empty without one.
printf '%s\n' "${SSH_CONNECTION:-}"
