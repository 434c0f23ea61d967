# Starts the listener. Each namespace takes two descriptors: as many as the limit allows.
ulimit -n "$(ulimit -H -n)" 2>/dev/null || :
exec perl "$@"
