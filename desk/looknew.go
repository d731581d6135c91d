package desk

import (
	"context"
	"slices"
	"strings"

	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// lookNew reads an object that was made, and compares what can be read.
func (d *Desk) lookNew(ctx context.Context, c models.Change, newDN models.DN) finding {
	o, there, err := d.readNewcomer(ctx, c, newDN)
	switch {
	case err != nil:
		return finding{err: err}
	case !there:
		return finding{sight: differs, words: "there is no such object"}
	}
	found := finding{sight: holds, dn: o.DN, words: "is now in " + english.Quoted(o.DN.Parent().RDN().Value)}
	var wrong []string
	for _, w := range d.wishes(c, o) {
		switch {
		case !w.known:
			found.unseen = append(found.unseen, w.label)
		case !w.same:
			wrong = append(wrong, w.label+" is "+english.Quoted(w.now))
		}
	}
	if len(wrong) > 0 {
		found.sight = differs
		found.words = "was made, but its " + strings.Join(wrong, ", its ")
	}
	return found
}

// readNewcomer finds what a creation made: by the name the server gave it, by
// the one it was to get, else by its logon name in its container.
func (d *Desk) readNewcomer(ctx context.Context, c models.Change, newDN models.DN) (models.Object, bool, error) {
	names := []models.DN{newDN, c.DN}
	if has[Getter](d.backend) {
		for _, dn := range names {
			if dn == "" {
				continue
			}
			if o, there, err := d.exists(ctx, dn); err != nil || there {
				return o, there, err
			}
		}
		return models.Object{}, false, nil
	}
	container, logon := c.DN.Parent(), ""
	switch {
	case c.User != nil:
		container, logon = c.User.Container, c.User.LogonName
	case c.Group != nil:
		container, logon = c.Group.Container, c.Group.Name
	}
	wanted := keys(names)
	delete(wanted, models.DN("").Key())
	for page, err := range walk.Pages(ctx, d.backend, models.ListRequest{Base: container}, walk.Options{}) {
		if err != nil {
			return models.Object{}, false, err
		}
		for i := range page.Objects {
			o := page.Objects[i]
			if wanted[o.DN.Key()] || logon != "" && strings.EqualFold(o.SAMAccountName, logon) {
				d.hints.add(o.DN, page.Offset+i)
				return o, true, nil
			}
		}
	}
	return models.Object{}, false, nil
}

// wish is one value of a new object.
type wish struct {
	label       string
	now         string
	known, same bool
}

// wishes compares a new object with what was asked for.
func (d *Desk) wishes(c models.Change, o models.Object) []wish {
	switch {
	case c.User != nil:
		return d.userWishes(*c.User, o)
	case c.Group != nil:
		return groupWishes(*c.Group, o)
	default:
		return []wish{textWish(models.FieldDescription, o, c.Description)}
	}
}

func (d *Desk) userWishes(u models.NewUser, o models.Object) []wish {
	all := []wish{{label: "logon name", now: o.SAMAccountName, known: o.SAMAccountName != "", same: strings.EqualFold(o.SAMAccountName, u.LogonName)}}
	left := d.leftOut(u)
	for _, f := range newUserFields(u) {
		if !slices.Contains(left, f.Field.Words()) {
			all = append(all, textWish(f.Field, o, f.After))
		}
	}
	all = append(all, flagWish("account", o.Disabled, u.Disabled, "enabled", "disabled"))
	must, cannot, never := models.Unknown, models.Unknown, models.Unknown
	if o.Account != nil {
		must, cannot, never = o.Account.MustChangePassword, o.Account.CannotChangePassword, o.Account.PasswordNeverExpires
	}
	return append(all,
		flagWish("password change at the next logon", must, u.MustChange, "not asked for", "asked for"),
		flagWish("own change of the password", cannot, u.CannotChange, "allowed", "forbidden"),
		flagWish("end of the password", never, u.NeverExpires, "as the policy says", "never"),
	)
}

func textWish(f models.Field, o models.Object, wished string) wish {
	now, known := f.Of(o)
	return wish{label: f.Words(), now: now, known: known || wished == "", same: now == wished || wished == ""}
}

// flagWish compares a flag. That a flag which was not wished cannot be read is
// not worth a word.
func flagWish(label string, now models.Flag, wished bool, no, yes string) wish {
	words := no
	if now == models.Yes {
		words = yes
	}
	return wish{label: label, now: words, known: now.Known() || !wished, same: !now.Known() || now == models.FlagOf(wished)}
}

// The groupType bits of Active Directory (its schema's documentation).
const (
	bitGlobal    = 0x2
	bitLocal     = 0x4
	bitUniversal = 0x8
	bitSecurity  = -0x80000000
)

func groupWishes(g models.NewGroup, o models.Object) []wish {
	all := []wish{textWish(models.FieldMail, o, g.Mail), textWish(models.FieldDescription, o, g.Description)}
	if o.Account == nil || o.Account.GroupType == 0 {
		return append(all, wish{label: "scope and type"})
	}
	bits := o.Account.GroupType
	scope := models.ScopeGlobal
	switch {
	case bits&bitUniversal != 0:
		scope = models.ScopeUniversal
	case bits&bitLocal != 0:
		scope = models.ScopeLocal
	case bits&bitGlobal == 0:
		scope = ""
	}
	kind := models.TypeDistribution
	if bits&bitSecurity != 0 {
		kind = models.TypeSecurity
	}
	return append(all,
		wish{label: "scope", now: string(scope), known: true, same: scope == g.Scope || g.Scope == ""},
		wish{label: "type", now: string(kind), known: true, same: kind == g.Type || g.Type == ""},
	)
}
