// Package docs has no code: its tests hold the documents to the program. What
// README, CONTRIBUTING, SECURITY, docs/ and the package comments name has to be
// there: files and packages, exported names, make targets, commands and flags,
// keys. The decisions in docs/adr and the changelog tell of their day.
package docs
