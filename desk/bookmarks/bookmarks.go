// Package bookmarks keeps what a person wants to come back to, by connection: the
// objects they set a bookmark on, and the place they were at last.
package bookmarks

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"dirdesk/internal/privatefile"
	"dirdesk/models"
)

// Book is the bookmarks of one connection. The file is read each time: another
// program may have written it.
type Book struct{ path, connection string }

// Open gives the bookmarks of a connection in the file at path, which need not be
// there.
func Open(path, connection string) *Book { return &Book{path, connection} }

// page is what is kept of a connection, a line of the file.
type page struct {
	Connection string `json:"connection"`
	Last       string `json:"last,omitempty"` // address of the place
	Marks      []Mark `json:"marks,omitempty"`
}

// Mark is a bookmark: enough to find an object again, and to name it.
type Mark struct {
	DN       models.DN       `json:"dn"`
	GUID     string          `json:"guid,omitempty"`
	Name     string          `json:"name,omitempty"`
	Category models.Category `json:"category,omitempty"`
}

// MarkOf is a bookmark on an object.
func MarkOf(o models.Object) Mark { return Mark{o.DN, o.Ref().GUID, o.Name, o.Category} }

// Ref names the object, and Object is it with its name, and nothing of how it is.
func (m Mark) Ref() models.Ref { return models.Ref{DN: m.DN, GUID: m.GUID} }

// Object is a row for it.
func (m Mark) Object() models.Object {
	return models.Object{DN: m.DN, Name: m.Name, Category: m.Category}
}

// Same reports whether two are on the same object.
func (m Mark) Same(other Mark) bool {
	if m.GUID != "" && other.GUID != "" {
		return m.GUID == other.GUID
	}
	return m.DN.Equal(other.DN)
}

const (
	mostBytes = 4 << 20
	mostMarks = 500
)

// All are the bookmarks, the newest first.
func (b *Book) All() ([]Mark, error) {
	pages, at, err := b.read()
	if err != nil {
		return nil, err
	}
	return pages[at].Marks, nil
}

// Toggle sets a bookmark on an object, or takes it away.
func (b *Book) Toggle(m Mark) (set bool, err error) {
	pages, at, err := b.read()
	if err != nil {
		return false, err
	}
	kept := &pages[at]
	if slices.ContainsFunc(kept.Marks, m.Same) {
		kept.Marks = slices.DeleteFunc(kept.Marks, m.Same)
		return false, b.write(pages)
	}
	if len(kept.Marks) >= mostMarks {
		return false, fmt.Errorf("there are %d bookmarks already, take some away", mostMarks)
	}
	kept.Marks = slices.Insert(kept.Marks, 0, m)
	return true, b.write(pages)
}

// Last is the address of the place that was left last; "" for none.
func (b *Book) Last() string {
	pages, at, err := b.read()
	if err != nil {
		return ""
	}
	return pages[at].Last
}

// Leave notes the place that is left.
func (b *Book) Leave(address string) error {
	pages, at, err := b.read()
	if err != nil || pages[at].Last == address {
		return err
	}
	pages[at].Last = address
	return b.write(pages)
}

// read gives all pages, and which of them is the connection's.
func (b *Book) read() (pages []page, at int, err error) {
	data, err := privatefile.Read(b.path, privatefile.State, mostBytes)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, 0, fmt.Errorf("bookmarks: %w", err)
	}
	pages, err = privatefile.ReadLines(data, func(number int, line []byte) (p page, err error) {
		if err = json.Unmarshal(line, &p); err != nil {
			err = fmt.Errorf("bookmarks: %s, line %d: %w; mend or delete that line", b.path, number, err)
		}
		return p, err
	})
	if err != nil {
		return nil, 0, err
	}
	at = slices.IndexFunc(pages, func(p page) bool { return p.Connection == b.connection })
	if at < 0 {
		pages, at = append(pages, page{Connection: b.connection}), len(pages)
	}
	return pages, at, nil
}

func (b *Book) write(pages []page) error {
	return privatefile.WriteLines(b.path, privatefile.State, pages)
}
