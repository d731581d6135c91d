package desk

import (
	"context"
	"errors"
	"iter"
	"sync"

	"dirdesk/desk/walk"
	"dirdesk/models"
)

// directory is what an operation works with: a connection with what can be read
// through it.
type directory struct {
	connection
	lastSeen
	options Options // the clock, and how long to wait for what

	known  sync.Mutex
	policy *models.PasswordPolicy // read already
	domain domain                 // asked for already
}

// Read reads one object afresh: with the capability to, else from its parent's
// listing, first around the place where it was seen last, then all of it.
// models.ErrNotFound when there is none.
func (d *directory) Read(ctx context.Context, ref models.Ref) (models.Object, error) {
	if getter, ok := Capability[Getter](d.backend); ok {
		return getter.Get(ctx, ref)
	}
	dn := ref.DN
	parent := dn.Parent()
	if parent == "" {
		return models.Object{}, &models.Error{Kind: models.ErrNotFound, Action: "read", Object: string(dn)}
	}
	wanted := func(o *models.Object) bool { return o.DN.Equal(dn) }
	o, found, err := d.readNear(ctx, dn, parent, wanted)
	if err == nil && !found {
		o, found, err = d.seek(walk.Pages(ctx, d.backend, models.ListRequest{Base: parent}, walk.Options{}), wanted)
	}
	if err == nil && !found {
		err = &models.Error{Kind: models.ErrNotFound, Action: "read", Object: string(dn)}
	}
	return o, err
}

// readNear looks around the remembered place, if one is.
func (d *directory) readNear(ctx context.Context, dn, parent models.DN, wanted func(*models.Object) bool) (o models.Object, found bool, err error) {
	offset, known := d.placeOf(dn)
	if !known || !d.backend.About().Seekable {
		return o, false, nil
	}
	// A few rows to each side, then one page: somebody may be at work in it.
	for _, around := range []int{25, 249} {
		req := models.ListRequest{Base: parent, Offset: max(0, offset-around), Limit: 2*around + 1}
		if o, found, err = d.seek(d.backend.List(ctx, req), wanted); found || err != nil {
			break
		}
	}
	return o, found, err
}

// seek reads pages until the wanted object comes, and remembers its place.
func (d *directory) seek(pages iter.Seq2[models.Page, error], wanted func(*models.Object) bool) (models.Object, bool, error) {
	for page, err := range pages {
		if err != nil {
			return models.Object{}, false, err
		}
		for i := range page.Objects {
			if o := &page.Objects[i]; wanted(o) {
				d.remember(o.DN, page.Offset+i)
				return *o, true, nil
			}
		}
	}
	return models.Object{}, false, nil
}

// fewUnplaced is up to how many objects of one container are looked for one by
// one when their places are not known.
const fewUnplaced = 2

// prime learns the places of the objects of a plan by reading each container
// once, where otherwise it would be read for each of many objects.
func (d *directory) prime(ctx context.Context, changes []models.Change) error {
	if has[Getter](d.backend) {
		return nil
	}
	unplaced := map[string][]models.DN{}
	for _, c := range changes {
		if _, known := d.placeOf(c.DN); known || c.DN == "" || TraitsOf(c.Action).Creates {
			continue
		}
		key := c.DN.Parent().Key()
		unplaced[key] = append(unplaced[key], c.DN)
	}
	for _, dns := range unplaced {
		if len(dns) <= fewUnplaced {
			continue
		}
		if err := d.place(ctx, dns); err != nil && !errors.Is(err, models.ErrNotFound) {
			return err
		}
	}
	return nil
}

// place reads the container of some objects until all of them were seen.
func (d *directory) place(ctx context.Context, dns []models.DN) error {
	wanted := keys(dns)
	for page, err := range walk.Pages(ctx, d.backend, models.ListRequest{Base: dns[0].Parent()}, walk.Options{}) {
		if err != nil {
			return err
		}
		for i := range page.Objects {
			if key := page.Objects[i].DN.Key(); wanted[key] {
				d.remember(page.Objects[i].DN, page.Offset+i)
				delete(wanted, key)
			}
		}
		if len(wanted) == 0 {
			return nil
		}
	}
	return nil
}

// exists reads an object and takes it for an answer that there is none.
func (d *directory) exists(ctx context.Context, ref models.Ref) (o models.Object, found bool, err error) {
	o, err = d.Read(ctx, ref)
	if errors.Is(err, models.ErrNotFound) {
		return o, false, nil
	}
	return o, err == nil, err
}

// Policy is the domain's password policy, read once; its Known is false where
// the connection cannot tell.
func (d *directory) Policy(ctx context.Context) (models.PasswordPolicy, error) {
	reader, ok := Capability[PolicyReader](d.backend)
	if !ok {
		return models.PasswordPolicy{}, nil
	}
	d.known.Lock()
	read := d.policy
	d.known.Unlock()
	if read != nil {
		return *read, nil
	}
	policy, err := reader.PasswordPolicy(ctx)
	if err != nil {
		return models.PasswordPolicy{}, err
	}
	d.known.Lock()
	defer d.known.Unlock()
	d.policy = &policy
	return policy, nil
}

// keys are names as they are compared.
func keys(dns []models.DN) map[string]bool {
	all := make(map[string]bool, len(dns))
	for _, dn := range dns {
		all[dn.Key()] = true
	}
	return all
}

// maxPlaces bounds what is remembered of places; one more, and all are forgotten.
const maxPlaces = 1 << 14

// lastSeen remembers at which place of its parent an object was seen.
type lastSeen struct {
	mu     sync.Mutex
	places map[string]int
}

func (l *lastSeen) remember(dn models.DN, offset int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.places == nil || len(l.places) >= maxPlaces {
		l.places = map[string]int{}
	}
	l.places[dn.Key()] = offset
}

func (l *lastSeen) placeOf(dn models.DN) (offset int, known bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	offset, known = l.places[dn.Key()]
	return offset, known
}

// Remember notes at which place of its parent an object was listed: read-back
// looks there first, where the backend cannot read one object.
func (l *lastSeen) Remember(o models.Object, offset int) { l.remember(o.DN, offset) }
