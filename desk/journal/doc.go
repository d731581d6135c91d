// Package journal keeps the file in which every change is written down. Begin at
// [Open] to write, at [Read] to read, and at [Verify] to find lines that are
// missing or were altered. [Entry] is one change; its form is a contract, for
// journals written by older versions are read and undone too.
package journal
