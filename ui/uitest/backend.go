// Package uitest runs the screen without a terminal, a network or a clock:
// messages go in, commands run one after the other where the test says so, and
// the screen is read as text.
package uitest

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"dirdesk/models"
)

// Base is the domain of the directory.
const Base models.DN = "DC=corp,DC=example,DC=test"

// Now is the moment at which tests take place.
func Now() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// Directory is a desk.Backend whose answers a test controls.
type Directory struct {
	Facts models.About
	// Fail, when set, is asked before each request; its error is the answer.
	Fail func(models.ListRequest) error
	// Deaf makes answers come although the request was cancelled, as they can
	// when both cross on the wire.
	Deaf bool
	// Cut says for a container, by its key, why not all of it is given.
	Cut map[string]string
	// Chunk is the number of objects in a page of a stream, where the backend
	// cannot seek.
	Chunk int

	mu       sync.Mutex
	requests []models.ListRequest
	children map[string]*family
	closed   bool
}

// family is the children of one container, made when asked for.
type family struct {
	n  int
	at func(int) models.Object
}

// NewDirectory is a directory that can seek, with a few containers and people.
func NewDirectory() *Directory {
	d := &Directory{
		Facts: models.About{
			Backend: "Test Directory", URL: "test://dc1", Host: "dc1:636", Account: "anna",
			TLS: "TLS 1.3, verified", Seekable: true, PageSize: 100,
		},
		Chunk: 1000, children: map[string]*family{},
	}
	d.Add(Base, Container("OU", Base, "Staff"), Container("OU", Base, "Large"),
		Container("CN", Base, "Users"), Container("OU", Base, "Empty"), Advanced(Container("CN", Base, "System")))
	staff := Base.Child("OU", "Staff")
	d.Add(staff, Container("OU", staff, "Berlin"), Container("OU", staff, "Kyiv"))
	d.Add(staff.Child("OU", "Berlin"), People(staff.Child("OU", "Berlin"))...)
	d.Add(staff.Child("OU", "Kyiv"))
	d.Add(Base.Child("OU", "Empty"))
	d.Add(Base.Child("CN", "System"))
	d.Add(Base.Child("CN", "Users"), Person(Base.Child("CN", "Users"), "Administrator", "Administrator"))
	d.Fill(Base.Child("OU", "Large"), 99_999)
	return d
}

// Add gives a container its children.
func (d *Directory) Add(base models.DN, objects ...models.Object) {
	d.children[base.Key()] = &family{len(objects), func(i int) models.Object { return objects[i] }}
}

// Fill gives a container n people, made when they are asked for.
func (d *Directory) Fill(base models.DN, n int) {
	d.children[base.Key()] = &family{n, func(i int) models.Object {
		return Person(base, fmt.Sprintf("User %05d", i), fmt.Sprintf("user%05d", i))
	}}
}

// Requests are those made so far.
func (d *Directory) Requests() []models.ListRequest {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.requests)
}

// Forget forgets the requests made so far.
func (d *Directory) Forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.requests = nil
}

// Closed reports whether somebody signed out.
func (d *Directory) Closed() bool { return d.closed }

// About implements desk.Backend.
func (d *Directory) About() models.About { return d.Facts }

// Info implements desk.Backend.
func (d *Directory) Info(context.Context) (models.DirectoryInfo, error) {
	if d.Fail != nil {
		if err := d.Fail(models.ListRequest{}); err != nil {
			return models.DirectoryInfo{}, err
		}
	}
	return models.DirectoryInfo{
		Realm: "corp.example.test", Workgroup: "CORP", BaseDN: Base, Status: "running",
		Controllers: []models.DomainController{{
			Name: "DC1", DN: "CN=DC1,OU=Domain Controllers," + Base, HostName: "dc1.corp.example.test", Roles: []string{"pdc"},
		}},
	}, nil
}

// Close implements desk.Backend.
func (d *Directory) Close(context.Context) error {
	d.closed = true
	return nil
}

// List implements desk.Backend.
func (d *Directory) List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		d.mu.Lock()
		d.requests = append(d.requests, req)
		d.mu.Unlock()
		if err := d.refuse(ctx, req); err != nil {
			yield(models.Page{}, err)
			return
		}
		all := d.matching(req)
		end := all.n
		if req.Limit > 0 {
			end = min(end, req.Offset+req.Limit)
		}
		size := max(end-req.Offset, 0)
		if !d.Facts.Seekable {
			size = d.Chunk
		}
		for at := req.Offset; ; at += size {
			last := at+size >= end
			page := models.Page{Offset: at, Total: models.UnknownTotal}
			if d.Facts.Seekable || last {
				page.Total = all.n
			}
			for i := at; i < min(at+size, end); i++ {
				page.Objects = append(page.Objects, all.at(i))
			}
			if last {
				page.Cut = d.Cut[req.Base.Key()]
			}
			if ctx.Err() != nil && !d.Deaf {
				yield(models.Page{}, ctx.Err())
				return
			}
			if !yield(page, nil) || last || size == 0 {
				return
			}
		}
	}
}

func (d *Directory) refuse(ctx context.Context, req models.ListRequest) error {
	switch {
	case ctx.Err() != nil && !d.Deaf:
		return ctx.Err()
	case d.Fail != nil:
		if err := d.Fail(req); err != nil {
			return err
		}
	}
	if d.children[req.Base.Key()] == nil {
		return &models.Error{Kind: models.ErrNotFound, Action: "list", Object: string(req.Base)}
	}
	return nil
}

// matching are the children of the wanted categories.
func (d *Directory) matching(req models.ListRequest) family {
	all := *d.children[req.Base.Key()]
	if req.Categories == nil || slices.Contains(req.Categories, models.AnyKind) {
		return all
	}
	if all.n > 1000 { // only people, by construction
		return family{0, all.at}
	}
	var kept []models.Object
	for i := range all.n {
		if o := all.at(i); slices.Contains(req.Categories, o.Category) {
			kept = append(kept, o)
		}
	}
	return family{len(kept), func(i int) models.Object { return kept[i] }}
}

// Container makes an OU or, of a CN, a container.
func Container(attribute string, base models.DN, name string) models.Object {
	category := models.OrganizationalUnit
	if attribute == "CN" {
		category = models.Container
	}
	return models.Object{DN: base.Child(attribute, name), Name: name, Category: category}
}

// Advanced puts an object into the advanced view only.
func Advanced(o models.Object) models.Object {
	o.AdvancedOnly = models.Yes
	return o
}

// Person makes a user about whom all is well.
func Person(base models.DN, name, logon string) models.Object {
	return models.Object{
		DN: base.Child("CN", name), Name: name, Category: models.Person, SAMAccountName: logon,
		Mail: logon + "@example.test", Disabled: models.No, Locked: models.No, PasswordExpired: models.No,
		AccountExpiry: models.Never(),
	}
}

// People are some users with every state and with names that are hard to print.
func People(base models.DN) []models.Object {
	change := func(o models.Object, f func(*models.Object)) models.Object {
		f(&o)
		return o
	}
	return []models.Object{
		change(Person(base, "Anna Schmidt", "aschmidt"), func(o *models.Object) {
			o.Description, o.TelephoneNumber, o.Office = "Head of Finance", "+49 30 5550142", "B 2.14"
		}),
		change(Person(base, "Jörg Müller", "jmueller"), func(o *models.Object) { o.Locked = models.Yes }),
		change(Person(base, "Олена Коваль", "okoval"), func(o *models.Object) { o.Disabled = models.Yes }),
		change(Person(base, "山田 太郎", "tyamada"), func(o *models.Object) { o.PasswordExpired = models.Yes }),
		change(Person(base, "Lee, Sam", "slee"), func(o *models.Object) {
			o.AccountExpiry = models.ExpiryAt(Now().Add(-72 * time.Hour))
		}),
		Person(base, "Eve \x1b[31mred\x1b[0m\u202Egnp", "eve"),
		Person(base, strings.Repeat("Very ", 12)+"Long Name", "verylong"),
		{DN: base.Child("CN", "Finance Readers"), Name: "Finance Readers", Category: models.Group, SAMAccountName: "finance-readers"},
	}
}

// FillFrom gives a container n children, made by at when they are asked for.
func (d *Directory) FillFrom(base models.DN, n int, at func(int) models.Object) {
	d.children[base.Key()] = &family{n, at}
}
