// Package password makes passwords that can be read aloud ([Make]), spells them
// for the telephone ([Phonetic]), and holds typed ones against a domain's policy
// ([Check]).
package password
