package directory

import "dirdesk/models"

// List gives direct children of req.Base. They come in a stable order: by kind,
// containers first, and within a kind as they were made. A page costs the same
// wherever it starts. Total is exact and counts the categories asked for; an
// Offset beyond it gives an empty page. Advanced-only objects are included.
//
// Children of none of the six categories (LostAndFound, foreign security
// principals) are in no listing. A base that cannot hold anything has no
// children; one that does not exist is models.ErrNotFound.
func (d *Directory) List(req models.ListRequest) (models.Page, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	base := d.lookup(req.Base)
	if base == nil {
		return models.Page{}, noBase().on("list", req.Base)
	}
	offset := max(req.Offset, 0)
	page := models.Page{Offset: offset}
	runs := base.runs(req.Categories)
	if req.Deep {
		runs = base.allRuns(req.Categories)
	}
	for _, run := range runs {
		page.Total += len(run)
	}
	count := max(page.Total-offset, 0)
	if req.Limit > 0 {
		count = min(count, req.Limit)
	}
	page.Objects = make([]models.Object, 0, count)
	now, skip := d.now(), offset
	for _, run := range runs {
		from := min(skip, len(run))
		skip -= from
		for _, e := range run[from:min(len(run), from+count-len(page.Objects))] {
			page.Objects = append(page.Objects, reading(d).object(e, now))
		}
	}
	return page, nil
}

// runs are the children of e of some categories (nil: all six), one run a kind.
func (e *entry) runs(categories []models.Category) [][]*entry {
	if e.inside == nil {
		return nil
	}
	var wanted [kinds]bool
	for _, c := range categories {
		if k, ok := kindOf(c); ok {
			wanted[k] = true
		}
	}
	runs := make([][]*entry, 0, kinds)
	for k := range kindOther {
		if categories == nil || wanted[k] {
			runs = append(runs, e.inside.byKind[k])
		}
	}
	return runs
}

// allRuns are the runs of e and of everything below it, level by level.
func (e *entry) allRuns(categories []models.Category) [][]*entry {
	var runs [][]*entry
	for queue := []*entry{e}; len(queue) > 0; queue = queue[1:] {
		runs = append(runs, queue[0].runs(categories)...)
		for _, run := range queue[0].runs(models.ContainerCategories()) {
			queue = append(queue, run...)
		}
	}
	return runs
}

// Get reads one object with all that is known of it; models.ErrNotFound when
// there is none. The domain itself can be read, with the category "domainDNS".
func (d *Directory) Get(dn models.DN) (models.Object, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	e := d.lookup(dn)
	if e == nil {
		return models.Object{}, noBase().on("read", dn)
	}
	now := d.now()
	o := reading(d).object(e, now)
	o.Account = reading(d).account(e, now)
	return o, nil
}

// Members gives the names of a group's direct members, without those who are in
// it by their primary group; models.ErrNotFound when there is no such object.
func (d *Directory) Members(group models.DN) ([]models.DN, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	e := d.lookup(group)
	if e == nil {
		return nil, noBase().on("read the members of", group)
	}
	names := make([]models.DN, len(e.members))
	for i, m := range e.members {
		names[i] = m.dn()
	}
	return names, nil
}

// Conflict reports whether name is taken as a sAMAccountName, by a user, a group
// or a computer, whatever its case. A DN is no such name.
func (d *Directory) Conflict(name string) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.bySAM[fold(name)] != nil
}

// Find gives the object that an account name belongs to: a sAMAccountName, alone
// or as DOMAIN\name, a userPrincipalName or a DN.
func (d *Directory) Find(account string) (models.DN, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	e := reading(d).findAccount(account)
	if e == nil {
		return "", false
	}
	return e.dn(), true
}
