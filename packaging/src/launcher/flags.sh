# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=dash disable=SC2034
# The flags that a class archive and each JVM that uses it must agree on: a JVM goes on without an archive that was made
# with other ones. make-lists and make-archives source this file; the run.sh of an image begins with it.
unset wgj_short_flags wgj_engine_flags
wgj_short_flags="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
wgj_engine_flags="-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Djdk.reflect.useNativeAccessorOnly=true \
--add-opens java.base/com.sun.crypto.provider=ALL-UNNAMED --add-opens java.base/sun.security.util.math=ALL-UNNAMED \
--add-opens java.base/sun.security.util.math.intpoly=ALL-UNNAMED"
