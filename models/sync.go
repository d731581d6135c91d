package models

// SyncStatus is what the server says of a sync, the update of DSM's own copy of
// the domain's accounts.
type SyncStatus struct {
	Done  bool   // only on the server's word "finish"
	Words string // the server's word as it came: "updating"
	Known bool   // the word is one that dirdesk knows
}
