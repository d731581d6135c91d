package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/readfile"
	"dirdesk/ui/trouble"
)

// mostFile is how large a file is read where the server tells no limit, in
// bytes.
const mostFile = 4 << 20

// picture is an image with how it looks at the size that it was drawn in last.
type picture struct {
	data  []byte
	img   image.Image // nil: it cannot be shown
	facts Facts
	wrong error // why it cannot be shown

	cols, rows int
	drawn      []string
}

// photoMsg is the photo as the server has it.
type photoMsg struct {
	page *Page
	turn int
	pic  *picture
	err  error
}

// fileMsg is what a file held.
type fileMsg struct {
	page  *Page
	turn  int
	pic   *picture
	wrong string // why it cannot be the photo, a sentence
}

// load asks for the photo, and decodes it.
func (p *Page) load() tea.Cmd {
	p.turn++
	p.reading, p.failed = true, nil
	ctx, source, ref, turn := p.ctx, p.source, p.object.Ref(), p.turn
	return func() tea.Msg {
		data, err := source.Photo(ctx, ref)
		if ctx.Err() != nil {
			return nil
		}
		var pic *picture
		if err == nil && len(data) > 0 {
			pic = newPicture(data)
		}
		return photoMsg{p, turn, pic, err}
	}
}

func newPicture(data []byte) *picture {
	pic := &picture{data: data}
	pic.img, pic.facts, pic.wrong = decode(data)
	return pic
}

func (p *Page) loaded(msg photoMsg) {
	if msg.page != p || msg.turn != p.turn {
		return
	}
	p.reading = false
	if msg.err != nil {
		for _, text := range []string{trouble.Line("The photo could not be read", msg.err), models.AdviceFor(msg.err)} {
			if text != "" {
				p.failed = append(p.failed, p.env.Theme.Safe(text))
			}
		}
		return
	}
	p.read, p.present = true, msg.pic
}

// open reads the file that is to be the photo.
func (p *Page) open(name string) tea.Cmd {
	p.fetch++
	p.loading = true
	p.asking.Error = ""
	turn, limit := p.fetch, p.source.PhotoLimit()
	return func() tea.Msg {
		pic, wrong := check(name, limit)
		return fileMsg{p, turn, pic, wrong}
	}
}

// check reads a file and says what is wrong with it as a photo.
func check(name string, limit int) (*picture, string) {
	if limit <= 0 {
		limit = mostFile
	}
	data, wrong := readfile.Read(name, int64(limit))
	if wrong != "" {
		return nil, wrong
	}
	pic := newPicture(data)
	switch {
	case errors.Is(pic.wrong, ErrTooLarge):
		return nil, fmt.Sprintf("The image has %s x %s pixels: make it smaller first.", english.Number(pic.facts.Width), english.Number(pic.facts.Height))
	case pic.wrong != nil:
		return nil, "This is no JPEG or PNG image that can be read."
	case pic.facts.Format != "JPEG" && pic.facts.Format != "PNG":
		return nil, "This is " + pic.facts.Format + "; a photo has to be JPEG or PNG."
	}
	return pic, ""
}

func (p *Page) fetched(msg fileMsg) {
	if msg.page != p || msg.turn != p.fetch || p.asking == nil {
		return
	}
	p.loading = false
	if msg.wrong != "" {
		p.asking.Error = msg.wrong
		return
	}
	p.asking = nil
	if p.present != nil && bytes.Equal(p.present.data, msg.pic.data) {
		p.notice = "This is the photo that is there already."
		p.next, p.clear = nil, false
		return
	}
	p.next, p.clear, p.refusal = msg.pic, false, nil
}
