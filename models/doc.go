// Package models is the vocabulary that every layer of dirdesk shares: objects
// of a directory and their names, pages of a listing, the state of an account
// in words, and the kinds of error a person can act on.
//
// It knows no protocol and no screen, and imports the standard library only.
package models
