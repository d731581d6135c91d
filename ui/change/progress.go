package change

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// progress is what the server said last of a write that it is still at. It is
// said beside the loop and read on it.
type progress struct {
	mu   sync.Mutex
	said string
}

func (p *progress) say(words string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said = words
}

func (p *progress) words() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said
}

// watchEvery is the pace at which the screen of a write is drawn anew.
const watchEvery = 150 * time.Millisecond

// watchMsg has the face drawn anew.
type watchMsg struct{ job *job }

// watch keeps the spinner of a write turning while the person looks at it;
// behind the page, the page's own does.
func (f *Flow) watch() tea.Cmd {
	if f.stage != applying || f.behind {
		return nil
	}
	return f.env.Later(watchEvery, watchMsg{f.job})
}

func (f *Flow) watched(msg watchMsg) tea.Cmd {
	w, waits := f.screen.(*waiting)
	if msg.job != f.job || f.stage != applying || !waits {
		return nil
	}
	w.turns++
	return f.watch()
}
