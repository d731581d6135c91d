package desk

import (
	"time"

	"dirdesk/models"
)

// Entry is one change in the journal. It never holds a secret.
type Entry struct {
	ID       string    `json:"id"`
	Time     time.Time `json:"time"` // when the write began
	Operator Operator  `json:"operator"`
	Backend  string    `json:"backend"`
	Server   string    `json:"server"` // as the user named it
	Realm    string    `json:"realm"`
	Ticket   string    `json:"ticket,omitempty"`

	Action   models.Action   `json:"action"`
	DN       models.DN       `json:"dn"`
	NewDN    models.DN       `json:"new_dn,omitempty"`
	Name     string          `json:"name,omitempty"`
	Category models.Category `json:"category,omitempty"`
	Fields   []EntryField    `json:"fields,omitempty"`
	Members  []models.DN     `json:"members,omitempty"` // put in or taken out, and known not to have been so before
	Groups   []models.DN     `json:"groups,omitempty"`  // of a deleted user
	// Of a change of properties.
	Properties []EntryProperty `json:"properties,omitempty"`
	Licences   []EntryLicence  `json:"licences,omitempty"`
	Photo      *EntryPhoto     `json:"photo,omitempty"`
	Others     []EntryOther    `json:"others,omitempty"`

	// Outcome is Begun while nobody knows: the write was about to be sent, and
	// the program did not live to write down what became of it.
	Outcome  Verdict `json:"outcome"`
	Verified bool    `json:"verified"`
	Words    string  `json:"words,omitempty"`
	Error    string  `json:"error,omitempty"`
	Undoes   string  `json:"undoes,omitempty"` // id of the entry that this one took back

	Prev string `json:"prev"`           // hash of the line before, "" on the first
	Hash string `json:"hash,omitempty"` // of this line without it, in hex

	// UndoneBy is the id of a later entry that took this one back; found while
	// reading, not written.
	UndoneBy string `json:"-"`
}

// Begun is the outcome of an entry whose write was announced and whose end was
// not written down.
const Begun Verdict = "begun"

// EntryField is one value of an entry, before and after. Known is false when
// the value before could not be read.
type EntryField struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	Known  bool   `json:"before_known"`
	After  string `json:"after"`
}

// JournalCheck is what VerifyJournal found.
type JournalCheck struct {
	Lines    int      // read, each a change
	Begun    int      // changes that were begun and have no line
	Problems []string // what is wrong, each with its line; none: the journal is whole
}
