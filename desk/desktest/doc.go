// Package desktest holds every backend to the same behaviour, in the spirit of
// testing/fstest. A test fills a directory with [Entries], opens a backend on
// it and calls [Run]. What a real domain controller does is right: where the
// simulator differs from Samba, the simulator is to be mended.
package desktest
