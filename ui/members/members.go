// Package members is the page on which the members of a group are read: the
// direct ones, or those through other groups too.
package members

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/frame"
	"dirdesk/ui/list"
	"dirdesk/ui/message"
	"dirdesk/ui/trouble"
)

// Options say what is shown.
type Options struct {
	Context context.Context //nolint:containedctx // the program's own, parent of what is asked
	Group   models.Object
	// Read gives the members; indirect is for those through other groups too.
	Read func(ctx context.Context, indirect bool) (models.Members, error)
	// WhyDirect and WhyIndirect say why those cannot be listed; "" when they can.
	WhyDirect   string
	WhyIndirect string
	Theme       *theme.Theme
	Keys        keymap.Map
	Width       int // of the area, in cells
	Height      int
}

// GoTo says that the person wants to see a member where it stands.
type GoTo struct{ DN models.DN }

// Model is the page. It takes every key.
type Model struct {
	options  Options
	indirect bool // those through other groups are in the list too
	lists    [2]answer

	keys   keymap.Keys
	cursor list.List
	wrong  string
	ctx    context.Context //nolint:containedctx // ended by Close
	cancel context.CancelFunc
}

// answer is one of the two lists.
type answer struct {
	reading        bool
	read           bool
	err            error
	models.Members // by name
}

// readMsg is a list as it was read.
type readMsg struct {
	model    *Model
	indirect bool
	members  models.Members
	err      error
}

// New makes the page. Init reads the direct members, or all where those cannot
// be told apart.
func New(o Options) *Model {
	m := &Model{options: o, keys: o.Keys.In(keymap.Members), indirect: o.WhyDirect != ""}
	m.ctx, m.cancel = context.WithCancel(o.Context)
	return m
}

// Init reads the first list.
func (m *Model) Init() tea.Cmd { return m.read() }

// Close ends what was asked for.
func (m *Model) Close() { m.cancel() }

// shown is the list that is shown.
func (m *Model) shown() *answer {
	if m.indirect {
		return &m.lists[1]
	}
	return &m.lists[0]
}

// read asks for the shown list, unless it is known or on its way.
func (m *Model) read() tea.Cmd {
	l := m.shown()
	if l.read || l.reading {
		return nil
	}
	l.reading, l.err = true, nil
	ctx, read, indirect := m.ctx, m.options.Read, m.indirect
	return func() tea.Msg {
		members, err := read(ctx, indirect)
		members.DNs = byName(members.DNs)
		return readMsg{m, indirect, members, err}
	}
}

// byName sorts members by what they are called.
func byName(dns []models.DN) []models.DN {
	type named struct {
		name string
		dn   models.DN
	}
	all := make([]named, len(dns))
	for i, dn := range dns {
		all[i] = named{strings.ToLower(dn.RDN().Value), dn}
	}
	slices.SortFunc(all, func(a, b named) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.dn, b.dn)) })
	sorted := make([]models.DN, len(all))
	for i, n := range all {
		sorted[i] = n.dn
	}
	return sorted
}

// Update takes a message. A tea.WindowSizeMsg must carry the size of the area.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.options.Width, m.options.Height = msg.Width, msg.Height
	case readMsg:
		if msg.model != m {
			return nil
		}
		l := &m.lists[0]
		if msg.indirect {
			l = &m.lists[1]
		}
		l.reading, l.read = false, msg.err == nil
		l.err, l.Members = msg.err, msg.members
		return message.IfLost(msg.err)
	case tea.KeyPressMsg:
		return m.press(msg.String())
	}
	return nil
}

func (m *Model) press(key string) tea.Cmd {
	m.wrong = ""
	dns := m.shown().DNs
	switch id := m.keys.ID(key); id {
	case "overlay.close":
		m.Close()
		return message.Send(message.Closed{})
	case "members.other":
		return m.other()
	case "members.refresh":
		*m.shown() = answer{}
		return m.read()
	case "members.go":
		if at := m.cursor.At(); at < len(dns) {
			m.Close()
			return message.Send(GoTo{dns[at]})
		}
	default:
		m.cursor.Key(id, len(dns))
	}
	return nil
}

// other shows the other of the two lists.
func (m *Model) other() tea.Cmd {
	why := m.options.WhyIndirect
	if m.indirect {
		why = m.options.WhyDirect
	}
	if why != "" {
		m.wrong = why
		return nil
	}
	m.indirect = !m.indirect
	m.cursor = list.List{}
	return m.read()
}

// View draws as many lines as the area has rows, each of its width.
func (m *Model) View() string {
	o := m.options
	pane := frame.Pane{Title: o.Theme.Safe("Members of " + cmp.Or(o.Group.Name, o.Group.DN.RDN().Value)), Note: m.counted()}
	return pane.Overlay(o.Theme, o.Width, o.Height, func(p *frame.Pane, width, room int) ([]string, string) {
		return m.lines(p, width, room), m.foot(width)
	})
}

// counted says how many there are, and which.
func (m *Model) counted() string {
	l := m.shown()
	if !l.read {
		return ""
	}
	if m.indirect {
		return english.Number(len(l.DNs)) + " with those through groups"
	}
	words := english.Number(len(l.DNs)-len(l.Primary)) + " direct"
	if len(l.Primary) > 0 {
		words += ", " + english.Number(len(l.Primary)) + " by primary group"
	}
	return words
}

// lines are the members in sight, or why there are none.
func (m *Model) lines(p *frame.Pane, width, room int) []string {
	th, l := m.options.Theme, m.shown()
	if l.err != nil {
		var lines []string
		for _, line := range terminaltext.Wrap(th.Safe(trouble.Line("The members could not be read", l.err, models.AdviceFor(l.err), m.keys.Hints("", "members.refresh", "tries again"))), max(width-2, 1)) {
			lines = append(lines, th.Ink.Bad.Render(terminaltext.Fit(" "+line, width, "")))
		}
		return lines
	}
	switch {
	case !l.read:
		return []string{th.Ink.Muted.Render(th.Fit(" Asking the server who is in the group.", width))}
	case len(l.DNs) == 0 && l.Unknown != "":
		return []string{th.Ink.Muted.Render(th.Fit(" Nobody is in this group, but perhaps by primary group: "+l.Unknown+".", width))}
	case len(l.DNs) == 0:
		return []string{th.Ink.Muted.Render(th.Fit(" Nobody is in this group.", width))}
	}
	names := min(max(width*2/5, 16), width)
	if width <= names+8 { // no room for more than the names
		names = width
	}
	return m.cursor.Draw(p, len(l.DNs), room, 0, func(i int, under bool) string {
		dn := l.DNs[i]
		head, rest := th.Fit(" "+cmp.Or(dn.RDN().Value, string(dn)), names), ""
		if width > names {
			rest = "  " + string(dn.Parent())
			if l.IsPrimary(dn) {
				rest = "  (primary)" + rest
			}
			rest = th.Fit(rest, width-names)
		}
		if under {
			return th.Ink.Cursor.Render(head + rest)
		}
		return head + th.Ink.Muted.Render(rest)
	})
}

func (m *Model) foot(width int) string {
	th := m.options.Theme
	if m.wrong != "" {
		return th.Ink.Warning.Render(th.Fit(" "+english.Own(m.wrong).Capital()+".", width))
	}
	other := ": with those through groups"
	if m.indirect {
		other = ": only direct ones"
	}
	text := " " + m.keys.Hints("   ", "members.go", "goes there", "members.other", other, "overlay.close", "closes")
	if terminaltext.Width(text) > width {
		text = " " + m.keys.Hints("  ", "members.go", "goes there", "members.other", "others", "overlay.close", "closes")
	}
	return th.Ink.Muted.Render(terminaltext.Fit(text, width, ""))
}
