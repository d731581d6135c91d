// Package property shows all properties of an object, whatever they are called,
// and lets each be changed by an editor that fits its type: a line of text, a
// check-list of flags, a week of hours. What was changed becomes one
// models.Change; the package writes nothing itself.
package property
