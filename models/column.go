package models

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Column is one fact about an object wherever objects are listed: on the screen,
// in the table that commands print, in csv and json, in the details, and what
// rows are sorted by. A new column is one more in [Columns].
type Column struct {
	ID    string // by which others name it: "office"
	Title string // for a person: "Logon name"
	// Also are more names by which a person may call it in a condition.
	Also []string
	// Attribute is the directory's name of a fact that has no Key: that of its column
	// in csv and json where somebody asks for it.
	Attribute string
	// Flag, Moment and Number are the fact as what it is, where it is no text.
	// Moment is for what happens; with LastDay for what ends with a day.
	Flag    func(o *Object) Flag
	Moment  func(o *Object) Expiry
	LastDay bool
	Number  func(o *Object) (n int, known bool)
	// Applies reports whether an object can have the fact; without it, each can.
	Applies func(o *Object) bool
	// Told reports whether the connection tells this text at all; without it, it does.
	Told func(o *Object) bool
	// Key names it in csv and json, as the directory's own listing does
	// (docs/dsm.md section 7); "" leaves it out there.
	Key string
	// NextKey is what json calls it from the next release on, beside Key in this one:
	// only attributes of the directory keep the directory's spelling.
	NextKey string
	// Text is the fact for a person; "" when there is none, or nobody told.
	Text func(o *Object, now time.Time) string
	// Found are the words by which a row is found, where those are others than Text.
	Found func(o *Object, now time.Time) string
	// Value is the fact for a program: a string, a bool or an int, or nil when the
	// server did not say. Without it, Text is.
	Value func(o *Object) any
	// Rank is what rows are sorted by where that is not Text.
	Rank func(o *Object, now time.Time) []byte
	// Round is its place in the round of what rows are sorted by; 0: they are not.
	Round int
	// Screen and Print are its widths on the screen and in what commands print.
	Screen, Print Layout
	// Does is the action of which the column says whether it can be done.
	Does Action
	// Fact is its place in the details, from MayFact on below the dates; 0 leaves it
	// out there.
	Fact int
}

// MayFact is the place of the facts that say what may be done with an object.
const MayFact = 100

// Layout is where a column stands in a table and how wide it is, in cells.
type Layout struct {
	Place int    // from left to right, from 1 on; 0: it is not shown
	Rank  int    // the lower, the longer it stays when room is short
	Short string // its title, where that is another one than the column's
	Least int    // narrowest that is of use
	Most  int    // width at which most values fit, given before others get more
	Wish  int    // width at which nearly all values fit
	Grow  int    // share of what is left over
	Prose bool   // cut where it is very long, though nothing limits the width
}

// OnScreen and Printed are the columns of the two tables, from left to right.
// Anywhere is for objects from several containers: where one is matters more than
// its kind then.
func OnScreen(anywhere bool) []Column {
	all := placed(func(c Column) int { return c.Screen.Place })
	if !anywhere {
		return all
	}
	for i := range all {
		switch all[i].ID {
		case "kind":
			all[i].Screen.Rank = behindLogon
		case "name":
			all[i].Screen.Most = 15
		case "user":
			all[i].Screen.Most = all[i].Screen.Least
		}
	}
	behindState := slices.IndexFunc(all, func(c Column) bool { return c.ID == "state" }) + 1
	return slices.Insert(all, behindState, ContainerColumn())
}

// behindLogon is the rank of the kind where the container is told.
const behindLogon = 6

// Printed are the columns that commands print.
func Printed() []Column { return placed(func(c Column) int { return c.Print.Place }) }

// Sortable are the columns that rows are sorted by, in their round.
func Sortable() []Column { return placed(func(c Column) int { return c.Round }) }

// Facts are the columns that the details tell. They are made once, and not to be
// changed.
func Facts() []Column { return facts() }

var facts = sync.OnceValue(func() []Column { return placed(func(c Column) int { return c.Fact }) })

// Keyed are the columns of csv and the members of json, in their order.
func Keyed() []Column {
	return slices.DeleteFunc(Columns(), func(c Column) bool { return c.Key == "" })
}

func placed(place func(Column) int) []Column {
	all := slices.DeleteFunc(Columns(), func(c Column) bool { return place(c) == 0 })
	slices.SortStableFunc(all, func(a, b Column) int { return place(a) - place(b) })
	return all
}

// Searched are the columns in which plain words are looked for: those of the
// screen, and the display name.
func Searched() []Column {
	return slices.DeleteFunc(Columns(), func(c Column) bool { return c.Screen.Place == 0 && c.ID != "display" })
}

// Words are what a row is found by.
func (c Column) Words(o *Object, now time.Time) string {
	if c.Found != nil {
		return c.Found(o, now)
	}
	return c.Text(o, now)
}

// Name is what csv and json call the column.
func (c Column) Name() string {
	return cmp.Or(c.Key, c.Attribute, strings.ReplaceAll(c.ID, "-", "_"))
}

// IsAttribute reports whether the column is a text of the directory as it stands there.
func (c Column) IsAttribute() bool {
	return cmp.Or(c.Key, c.Attribute) != "" && c.Flag == nil && c.Moment == nil && c.Number == nil && c.ID != "dn" && c.ID != "kind" && c.ID != "container"
}

// ColumnNamed finds a column, or that of the container, by any of its names, whatever
// their case.
func ColumnNamed(name string) (Column, bool) {
	for _, c := range append(Columns(), ContainerColumn()) {
		for _, known := range append([]string{c.ID, c.Key, c.NextKey, c.Attribute}, c.Also...) {
			if known != "" && strings.EqualFold(known, name) {
				return c, true
			}
		}
	}
	return Column{}, false
}

// ColumnNames are the ids of what [ColumnNamed] finds, a comma between.
func ColumnNames() string {
	var ids []string
	for _, c := range append(Columns(), ContainerColumn()) {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, ", ")
}

// ColumnOf finds a column by its id.
func ColumnOf(id string) (Column, bool) {
	all := Columns()
	i := slices.IndexFunc(all, func(c Column) bool { return c.ID == id })
	if i < 0 {
		return Column{}, false
	}
	return all[i], true
}

// ForPrograms is the fact as csv and json have it; nil when the server did not
// say.
func (c Column) ForPrograms(o *Object, now time.Time) any {
	if c.Value != nil {
		return c.Value(o)
	}
	if c.Number != nil {
		if n, known := c.Number(o); known {
			return n
		}
		return nil
	}
	if text := c.Text(o, now); text != "" {
		return text
	}
	return nil
}

// Columns are all columns, in the order of csv and json, which is a contract.
func Columns() []Column { return append(listed(), accountColumns()...) }

// listed are the columns of what DSM's listing has, and what may be told from it.
func listed() []Column {
	return []Column{
		{
			ID: "dn", Title: "DN", Key: "dn",
			Text:  plainText(func(o *Object) string { return string(o.DN) }),
			Value: func(o *Object) any { return string(o.DN) },
			Print: Layout{Place: 7, Rank: 6, Least: 30},
		},
		{
			ID: "name", Title: "Name", Key: "name",
			Text:  plainText(func(o *Object) string { return o.Name }),
			Value: func(o *Object) any { return o.Name }, Round: 1,
			Screen: Layout{Place: 2, Rank: 1, Least: 12, Most: 20, Wish: 26, Grow: 2},
			Print:  Layout{Place: 2, Rank: 0, Least: 12},
		},
		{
			ID: "kind", Title: "Kind", Key: "objectCategory",
			Text:  plainText(func(o *Object) string { return o.Category.Label() }),
			Value: func(o *Object) any { return string(o.Category) }, Round: 4,
			Screen: Layout{Place: 1, Rank: 4, Least: 9, Wish: 9},
			Print:  Layout{Place: 1, Rank: 1, Least: 5},
		},
		{
			ID: "state", Title: "State",
			Text:  func(o *Object, now time.Time) string { return cmp.Or(StateOf(o, now).Words(), protectedWord(o)) },
			Found: func(o *Object, now time.Time) string { return cmp.Or(StateOf(o, now).All(), protectedWord(o)) },
			Told:  func(o *Object) bool { s := StateOf(o, time.Time{}); return !s.Applies() || s.Told() },
			Rank:  func(o *Object, now time.Time) []byte { return StateOf(o, now).Rank() },
			Round: 3, Screen: Layout{Place: 4, Rank: 2, Least: 11, Wish: 13},
			Print: Layout{Place: 4, Rank: 3, Least: 8},
		},
		{
			ID: "user", Title: "Logon name", Key: "sAMAccountName", Also: []string{"account", "login"},
			Text:  plainText(func(o *Object) string { return o.SAMAccountName }),
			Round: 2, Screen: Layout{Place: 3, Rank: 5, Least: 10, Most: 14, Wish: 16},
			Print: Layout{Place: 3, Rank: 2, Least: 8, Short: "Logon"}, Fact: 1,
		},
		accountText("principal", "Principal", "userPrincipalName", 2, func(a *Account) string { return a.UserPrincipalName }),
		{
			ID: "display", Title: "Display name", Key: "displayName", Fact: 3,
			Text: plainText(func(o *Object) string { return o.DisplayName }),
		},
		{
			ID: "mail", Title: "Mail", Key: "mail",
			Text:  plainText(func(o *Object) string { return o.Mail }),
			Round: 6, Screen: Layout{Place: 6, Rank: 8, Least: 18, Wish: 32, Grow: 1},
			Print: Layout{Place: 5, Rank: 5, Least: 12, Prose: true}, Fact: 4,
		},
		{
			ID: "description", Title: "Description", Key: "description",
			Text:  plainText(func(o *Object) string { return o.Description }),
			Round: 5, Screen: Layout{Place: 5, Rank: 7, Least: 15, Wish: 36, Grow: 3},
			Print: Layout{Place: 6, Rank: 4, Least: 12, Prose: true}, Fact: 7,
		},
		{
			ID: "phone", Title: "Phone", Key: "telephoneNumber",
			Text:   plainText(func(o *Object) string { return o.TelephoneNumber }),
			Screen: Layout{Place: 7, Rank: 9, Least: 12, Wish: 17}, Fact: 5,
		},
		{
			ID: "office", Title: "Office", Key: "physicalDeliveryOfficeName",
			Text:   plainText(func(o *Object) string { return o.Office }),
			Screen: Layout{Place: 8, Rank: 10, Least: 8, Wish: 16, Grow: 1}, Fact: 6,
		},
		forAccounts(flagColumn("disabled", "Disabled", "disabled", 0, func(o *Object) Flag { return o.Disabled })),
		forAccounts(flagColumn("locked", "Locked", "locked", 0, func(o *Object) Flag { return o.Locked })),
		renamed("password_expired", forAccounts(flagColumn("password", "Password expired", "passwordExpired", 0, func(o *Object) Flag { return o.PasswordExpired }))),
		{
			ID: "expiry", Title: "Expires", Key: "accountExpiryTime", NextKey: "account_expiry_time", Also: []string{"expires"},
			Text:   plainText(func(o *Object) string { return o.AccountExpiry.String() }),
			Moment: func(o *Object) Expiry { return o.AccountExpiry }, LastDay: true, Applies: isAccount,
		},
		{
			ID: "rid", Title: "RID", Key: "primaryGroupToken", Fact: MayFact,
			Number: func(o *Object) (int, bool) { return o.PrimaryGroupToken, o.PrimaryGroupToken != 0 }, Applies: func(o *Object) bool { return o.Category == Group },
			Text: func(o *Object, _ time.Time) string {
				if o.PrimaryGroupToken == 0 {
					return ""
				}
				return strconv.Itoa(o.PrimaryGroupToken)
			},
		},
		saying(Delete, flagColumn("deletable", "Can delete", "deletable", MayFact+1, func(o *Object) Flag { return o.Deletable })),
		saying(Move, flagColumn("movable", "Can move", "movable", MayFact+2, func(o *Object) Flag { return o.Movable })),
		saying(Rename, flagColumn("renamable", "Can rename", "renamable", MayFact+3, func(o *Object) Flag { return o.Renamable })),
		flagColumn("advanced", "Advanced", "showInAdvancedViewOnly", MayFact+4, func(o *Object) Flag { return o.AdvancedOnly }),
		flagColumn("protected", "Protected", "protected_from_deletion", 0, func(o *Object) Flag { return o.Protected }),
	}
}

// ContainerColumn says where an object is, in words, for lists of objects from
// several containers: "Vienna › Sales". It is in no list of one.
func ContainerColumn() Column {
	return Column{
		ID: "container", Title: "Container", Key: "container",
		Text: plainText(func(o *Object) string {
			parent := o.DN.Parent()
			if path := parent.Path(); len(path) > 0 {
				return strings.Join(path, " › ")
			}
			return parent.Realm()
		}),
		Screen: Layout{Rank: 3, Least: 12, Most: 20, Wish: 26, Grow: 1},
		Print:  Layout{Place: 8, Rank: 2, Least: 12, Prose: true},
	}
}

// plainText is the text of a column that does not change with time.
func plainText(get func(o *Object) string) func(*Object, time.Time) string {
	return func(o *Object, _ time.Time) string { return get(o) }
}

// renamed is a column whose name in json changes.
func renamed(next string, c Column) Column {
	c.NextKey = next
	return c
}

// saying is a column that says whether an action can be done.
func saying(action Action, c Column) Column {
	c.Does = action
	return c
}

// protectedWord is the state of what is no account and protected from deletion.
func protectedWord(o *Object) string {
	if o.Protected == Yes {
		return "protected"
	}
	return ""
}
