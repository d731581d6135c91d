package keymap

import "slices"

// Action is one thing that keys can do.
type Action struct {
	ID     string   // stable: "move.down"
	Keys   []string // of the default map; none for what only the palette runs
	Words  string   // what it does: "move down"
	Short  string   // one or two words for the foot of the page; "" is not shown there
	Group  string   // the title of the scope that it stands in
	Object bool     // it is done to the thing under the cursor, or to what is marked
	Also   string   // other words that people have for it, between blanks

	letters bool // may be a letter where text is typed: it holds only while there is none
	exit    bool // leads out: it cannot be without a key
}

// Scope is a page, a form, an overlay or a part of one, in which a key means one
// thing.
type Scope struct {
	Name    ScopeName
	Title   string // for a person: "Journal"
	Typing  bool   // text is typed: letters, digits and signs are part of it
	Actions []Action
	Uses    []ScopeName // whose actions hold here too; the earlier wins

	// OpenedBy are the actions that opened this overlay: their keys close it,
	// as the action Closes does.
	OpenedBy []string
	Closes   string
}

// ScopeName names a scope.
type ScopeName string

// The scopes.
const (
	Page     ScopeName = "page"    // on which the directory is walked
	Panes    ScopeName = "panes"   // of it
	Move     ScopeName = "move"    // in any list
	Go       ScopeName = "go"      // to another container
	View     ScopeName = "view"    // what is shown
	Change   ScopeName = "change"  // what is done to objects
	Program  ScopeName = "program" // whatever is shown
	Line     ScopeName = "line"    // a line to type into
	Text     ScopeName = "text"    // several lines to type into
	Find     ScopeName = "find"    // a list that is narrowed by typing
	Overlay  ScopeName = "overlay" // that is read and closed
	Question ScopeName = "question"

	Review    ScopeName = "review"    // of a plan with something offered beside it
	Narrowing ScopeName = "narrowing" // the rows of the page
	Seeking   ScopeName = "seeking"   // whoever is typed, anywhere
	Copying   ScopeName = "copying"   // a part of the object
	Facts     ScopeName = "facts"     // of the domain, or of a failure
	Help      ScopeName = "help"
	Palette   ScopeName = "palette"
	Journal   ScopeName = "journal"
	Members   ScopeName = "members"
	Request   ScopeName = "request"
	Form      ScopeName = "form"
	Choice    ScopeName = "choice" // a row of a form in which nothing is typed
	Picker    ScopeName = "picker"
	Password  ScopeName = "password" // that was made, shown once
	Photo     ScopeName = "photo"
	Menu      ScopeName = "menu"
	New       ScopeName = "new"    // what is to be made
	Number    ScopeName = "number" // of objects, typed as an answer
	Planning  ScopeName = "planning"
	Writing   ScopeName = "writing"

	Properties ScopeName = "property" // all of an object
	Filter     ScopeName = "filter"   // of the properties
	Viewer     ScopeName = "viewer"   // of the values of a property
	Value      ScopeName = "value"    // of a property, typed
	Area       ScopeName = "area"     // a value of several lines
	Bytes      ScopeName = "bytes"
	Answer     ScopeName = "answer" // yes, no or not set
	Flags      ScopeName = "flags"
	Values     ScopeName = "values" // of a property that has several
	Hours      ScopeName = "hours"

	SignIn ScopeName = "signin"
	Choose ScopeName = "choose" // one of a few, while signing in
	Failed ScopeName = "failed" // signing in did
)

// scopes are all of them by name.
type scopes map[ScopeName]Scope

// tabled is the table in its order, and by name.
func tabled() ([]Scope, scopes) {
	table, all := Scopes(), scopes{}
	for _, s := range table {
		all[s.Name] = s
	}
	return table, all
}

// chain are the actions of a scope and of those it uses, in the order in which
// they get their keys.
func (all scopes) chain(name ScopeName) []Action {
	s := all[name]
	actions := slices.Clone(s.Actions)
	for i := range actions {
		actions[i].Group = s.Title
	}
	for _, used := range s.Uses {
		actions = append(actions, all.chain(used)...)
	}
	return actions
}

// keys are the default keys of an action.
func (all scopes) keys(id string) []string {
	for _, s := range all {
		for _, a := range s.Actions {
			if a.ID == id {
				return a.Keys
			}
		}
	}
	return nil
}

// act makes an action for the table.
func act(id, words string, keys ...string) Action { return Action{ID: id, Keys: keys, Words: words} }

// foot gives an action its name at the foot of the page.
func (a Action) foot(short string) Action {
	a.Short = short
	return a
}

// also gives an action other words by which it is found.
func (a Action) also(words string) Action {
	a.Also = words
	return a
}

// object marks an action that is done to the thing under the cursor.
func (a Action) object() Action {
	a.Object = true
	return a
}

// bare lets an action have letters where text is typed.
func (a Action) bare() Action {
	a.letters = true
	return a
}

// out marks an action that leads out.
func (a Action) out() Action {
	a.exit = true
	return a
}

// Scopes is the table: every key of the program.
func Scopes() []Scope {
	return append(append(append(pageScopes(), overlayScopes()...), formScopes()...), propertyScopes()...)
}
