#!/bin/sh
# Starts workerd so that it ends with the process that started it, however that one ends, and leaves its id behind for
# systems that cannot do that.
echo $$ > "$PLUGBOARD_WORKERD_PID_FILE"
if setpriv --pdeathsig KILL true 2>/dev/null; then
  exec setpriv --pdeathsig KILL "$PLUGBOARD_WORKERD" "$@"
fi
exec "$PLUGBOARD_WORKERD" "$@"
