#!/usr/bin/env bash
# Installs what the tests of the animation page need: Chromium, and a font for its text. Does nothing where both are there.
# For Debian, as root: Ubuntu's package of that name only points to a snap, which containers cannot run.
set -euo pipefail

browser=/usr/bin/chromium
font=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
[ -x "$browser" ] && [ -e "$font" ] && exit 0

grep -qs '^ID=debian' /etc/os-release || { echo "install-browser.sh is for Debian; install Chromium by hand." >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "install-browser.sh needs root to install Chromium." >&2; exit 1; }

export DEBIAN_FRONTEND=noninteractive
quiet=(-qq -o DPkg::Lock::Timeout=300)
apt-get "${quiet[@]}" update >&2
apt-get "${quiet[@]}" install -y --no-install-recommends chromium fonts-dejavu-core >&2
[ -x "$browser" ] || { echo "The package chromium brought no $browser." >&2; exit 1; }
