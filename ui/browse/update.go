package browse

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/ui/action"
)

// spinEvery is the pace of the spinner, slow enough for a thin line.
const spinEvery = 150 * time.Millisecond

type spinMsg struct{}

// Update takes every message but keys that run actions; those come to [Page.Press].
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case infoMsg:
		if p.tasks.alive(msg.task) {
			cmd = p.onInfo(msg)
		}
	case pageMsg:
		cmd = p.onPage(msg)
	case childrenMsg:
		cmd = p.onChildren(msg)
	case arrangedMsg:
		cmd = p.onArranged(msg)
	case staleMsg:
		cmd = p.onStale(msg)
	case targetMsg:
		cmd = p.onTarget(msg)
	case followMsg:
		cmd = p.onFollow(msg)
	case describeMsg:
		cmd = p.onDescribe(msg)
	case rowMsg:
		cmd = p.onRow(msg)
	case describedMsg:
		cmd = p.onDescribed(msg)
	case spinMsg:
		p.ticking = false
		p.spin++
	case tea.KeyPressMsg, tea.PasteMsg:
		cmd = p.typed(msg)
	case tea.MouseMsg:
		cmd = p.mouse(msg)
	default:
		return nil
	}
	return batch(cmd, p.settle())
}

// Press runs the action that a key stands for. It reports whether there is
// one; one that cannot run now says why at the foot.
func (p *Page) Press(key string) (tea.Cmd, bool) {
	a, ok := action.Find(p.Actions(), key)
	if !ok {
		return nil, false
	}
	return p.Do(a), true
}

// Do runs an action, or says why it cannot.
func (p *Page) Do(a action.Action) tea.Cmd {
	if a.Unavailable != "" {
		p.say(toneWarning, english.Own(a.Name).Capital()+": "+a.Unavailable+".")
		return nil
	}
	return batch(a.Run(), p.settle())
}

// settle starts whatever the page lacks now. It is looked at after every
// message, so that no path can forget it.
func (p *Page) settle() tea.Cmd {
	if !p.Busy() {
		p.spin = 0
	}
	p.arrangePanes()
	return batch(p.fill(), p.freshen(), p.describe(), p.tick())
}

// tick keeps the spinner turning while something runs, and only then: an idle
// screen sends nothing.
func (p *Page) tick() tea.Cmd {
	if p.ticking || !p.Busy() {
		return nil
	}
	p.ticking = true
	return p.env.Later(spinEvery, spinMsg{})
}

// Resize tells the page its room.
func (p *Page) Resize(width, height int) tea.Cmd {
	p.width, p.height = width, height
	p.arrangePanes()
	return p.settle()
}
