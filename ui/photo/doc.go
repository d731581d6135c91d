// Package photo shows an image in the terminal as half blocks, two pixels to a
// cell, and lets the photo of a user or contact be set or cleared. It writes
// nothing itself.
package photo
