package journal

import (
	"time"

	"dirdesk/desk/verdict"
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
	// CallerVerified says of a reset that somebody verified who called.
	CallerVerified bool `json:"caller_verified,omitempty"`

	Action   models.Action   `json:"action"`
	DN       models.DN       `json:"dn"`
	GUID     string          `json:"guid,omitempty"` // the object's, where the server tells it
	NewDN    models.DN       `json:"new_dn,omitempty"`
	Name     string          `json:"name,omitempty"`
	Category models.Category `json:"category,omitempty"`
	Fields   []Field         `json:"fields,omitempty"`
	Members  []models.DN     `json:"members,omitempty"` // put in or taken out, and known not to have been so before
	// ParentGUID is of the container that a moved object was in.
	ParentGUID string `json:"parent_guid,omitempty"`
	// Of each of Members, in their order, or none.
	MemberGUIDs []string    `json:"member_guids,omitempty"`
	Groups      []models.DN `json:"groups,omitempty"` // of a deleted user
	// Below is what a deletion took along, one by one; of very many the first,
	// with the number of each class.
	Below        []models.Descendant `json:"below,omitempty"`
	BelowClasses map[string]int      `json:"below_classes,omitempty"`
	// Of a change of properties.
	Properties []Property `json:"properties,omitempty"`
	Licences   []Licence  `json:"licences,omitempty"`
	Photo      *Photo     `json:"photo,omitempty"`
	Others     []Other    `json:"others,omitempty"`

	// Outcome is Begun while nobody knows: the write was about to be sent, and
	// the program did not live to write down what became of it.
	Outcome  verdict.Verdict `json:"outcome"`
	Verified bool            `json:"verified"`
	Words    string          `json:"words,omitempty"`
	Error    string          `json:"error,omitempty"`
	Undoes   string          `json:"undoes,omitempty"` // id of the entry that this one took back

	// Plan is the id of the plan of which this change was one: they are taken
	// back together.
	Plan string `json:"plan,omitempty"`
	// Domain is the objectGUID of the domain, Profile the name of the connection.
	Domain  string `json:"domain,omitempty"`
	Profile string `json:"profile,omitempty"`
	Gap     *Gap   `json:"gap,omitempty"` // of the action LinesMissing

	Seal *Seal `json:"seal,omitempty"` // of the action Sealed
	// Settled says who looked what became of it, after its program had ended.
	Settled *Settled `json:"settled,omitempty"`

	Prev string `json:"prev"`           // hash of the line before, "" on the first
	Hash string `json:"hash,omitempty"` // of this line without it, in hex

	// UndoneBy is the id of a later entry that took this one back; found while
	// reading, not written.
	UndoneBy string `json:"-"`
	// UnderWay says of what is Begun that its program lives and is at work on it;
	// found while reading, not written.
	UnderWay bool `json:"-"`
}

// Settled is a look at what became of a write, after its program had ended.
type Settled struct {
	Time     time.Time `json:"time"`
	Operator Operator  `json:"operator"`
}

// Gap is what was missing from the journal when a line was to be written.
type Gap struct {
	Lines   int    `json:"lines"`             // fewer than were counted; 0: not known, or none
	Counted int    `json:"counted,omitempty"` // by the head file
	Head    string `json:"head,omitempty"`    // hash of the last line, by the head file; "" when that says nothing
	Older   bool   `json:"older,omitempty"`   // the head file was older than the journal
	// Torn says that nothing was taken away: the program ended in the middle of
	// the line before.
	Torn bool `json:"torn,omitempty"`
}

// Field is one value of an entry, before and after. Known is false when
// the value before could not be read.
type Field struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	Known  bool   `json:"before_known"`
	After  string `json:"after"`
}

// Operator is who makes the changes, for the journal.
type Operator struct {
	Account   string `json:"account"`            // signed in to the directory
	LocalUser string `json:"local_user"`         // of the operating system
	SSHPeer   string `json:"ssh_peer,omitempty"` // address the person came from
}

// Property is one changed property in the journal. Values stand in the
// form of [models.Property].
type Property struct {
	Name      string   `json:"name"`
	Type      string   `json:"type"`                // as Adaxes spells it
	Operation string   `json:"operation,omitempty"` // "Replace", "Append", "Delete"; none with a mask
	Mask      *int32   `json:"mask,omitempty"`
	Values    []string `json:"values,omitempty"` // as they were sent
	Before    []string `json:"before"`
	Known     bool     `json:"before_known"`
	After     []string `json:"after"` // as it was to be
	// Of DNs: the objectGUID of each of Values and of Before, "" where it is not
	// known, or none.
	ValueGUIDs  []string `json:"value_guids,omitempty"`
	BeforeGUIDs []string `json:"before_guids,omitempty"`
	// That values were too large to be written down: in place of each stands its
	// size and its SHA-256.
	BeforeLeftOut bool `json:"before_left_out,omitempty"`
	AfterLeftOut  bool `json:"after_left_out,omitempty"`
}

// Licence is one licence in the journal.
type Licence struct {
	SKU    string `json:"sku"`
	Before bool   `json:"before"`
	Known  bool   `json:"before_known"`
	After  bool   `json:"after"`
}

// Other is a part of a request in the journal that was sent as it was
// written.
type Other struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

// Photo is a photo in the journal: no more than what tells it from
// another. An empty size is no photo.
type Photo struct {
	Before Bytes `json:"before"`
	Known  bool  `json:"before_known"`
	After  Bytes `json:"after"`
}

// Bytes are bytes that are not written down themselves.
type Bytes struct {
	Size   int    `json:"size"`
	SHA256 string `json:"sha256,omitempty"`
}

// Check is what Verify found.
type Check struct {
	Lines    int      // read, each a change
	Head     string   // hash of the last
	Begun    int      // changes that were begun and have no line
	Problems []string // what is wrong, each with its line; none: the journal is whole
}
