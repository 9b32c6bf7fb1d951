#!/bin/sh
# Installs Yadokari from the folder of this script.
#   --prefix FOLDER  where it goes (default: /usr/local)
#   --svmotion       also under the name of the old command svmotion
#   --uninstall      takes away what an installation put there
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
prefix=/usr/local svmotion=0 uninstall=0
while [ $# -gt 0 ]; do
  case "$1" in
    --prefix)
      [ $# -gt 1 ] || { echo "install: --prefix needs a folder" >&2; exit 64; }
      prefix="$2"
      shift
      ;;
    --svmotion) svmotion=1 ;;
    --uninstall) uninstall=1 ;;
    -h | --help) sed -n "2,5s/^# \{0,1\}//p" "$0"; exit 0 ;;
    *) sed -n "2,5s/^# \{0,1\}//p" "$0" >&2; exit 64 ;;
  esac
  shift
done

files() { (cd "$here" && find bin share -type f); }
if [ "$uninstall" = 1 ]; then
  files | while read -r file; do rm -f "$prefix/$file"; done
  [ ! -L "$prefix/bin/svmotion" ] || rm "$prefix/bin/svmotion"
  rmdir "$prefix/share/doc/yadokari" 2> /dev/null || true
  echo "yadokari is removed from $prefix; databases stay where they are"
  exit 0
fi
mkdir -p "$prefix" || { echo "install: $prefix cannot be written; use sudo, or --prefix \$HOME/.local" >&2; exit 1; }
files | while read -r file; do
  mkdir -p "$prefix/$(dirname "$file")"
  # A running program keeps its file: the new one takes its place.
  cp "$here/$file" "$prefix/$file.new" && mv -f "$prefix/$file.new" "$prefix/$file"
done
if [ "$svmotion" = 1 ]; then
  if [ -e "$prefix/bin/svmotion" ] && [ ! -L "$prefix/bin/svmotion" ]; then
    echo "install: $prefix/bin/svmotion is another program; it stays" >&2
    exit 5
  fi
  ln -sf yadokari "$prefix/bin/svmotion"
fi
"$prefix/bin/yadokari" --version > /dev/null || { echo "install: the program does not run; it needs libsqlite3, libxml2, libzip and zlib" >&2; exit 1; }
echo "yadokari $("$prefix/bin/yadokari" --version) is in $prefix/bin; try: yadokari demo"
