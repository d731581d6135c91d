// Package forms asks for what a change needs: a new user, a password, the
// members to add. Each form is a part of the screen of its own that ends with
// Done and a list of models.Change, or with Cancelled; it writes nothing itself.
//
// The fields are lines of their own making, not huh's: what is derived from
// another field, checked while it is typed, or cannot be chosen just now, has to
// be drawn anew at every key, and every key has to reach the field that is
// focused when it is pressed.
package forms
