package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// Ambiguous is the error of a name that several objects have.
type Ambiguous struct {
	said       *models.Error
	Candidates []models.Object
}

// Error says how many there are.
func (a *Ambiguous) Error() string { return a.said.Error() }

// Unwrap gives the error that a person reads.
func (a *Ambiguous) Unwrap() error { return a.said }

// Locate finds the one object that a person named: by its DN, by its GUID or SID
// where the server knows those, by its logon name (of a computer with or without the
// $), also as DOMAIN\name, by its user principal name or mail address, else by its
// name; a container also by a path from the top, Staff/Europe/Vienna, or the end of
// one. kinds are what it may be; none: anything. models.ErrNotFound when there is
// none, an *Ambiguous when there are several, models.ErrInvalid when it is of
// another kind.
func (f finder) Locate(ctx context.Context, text string, kinds ...models.Category) (models.Object, error) {
	n := spoken{text: strings.TrimSpace(text), kinds: kinds}
	if n.text == "" {
		return models.Object{}, notLocated(n.text, models.ErrInvalid, "no object was named", "Name it by its DN or its logon name.")
	}
	if dn, err := models.ParseDN(n.text); err == nil && strings.Contains(n.text, "=") {
		return n.checked(f.in.Read(ctx, models.Ref{DN: dn}))
	}
	if id, ok := identity(n.text); ok {
		if identifier, can := Capability[Identifier](f.in.backend); can {
			return n.checked(identifier.Identify(ctx, id))
		}
	}
	if err := f.take(ctx, &n); err != nil {
		return models.Object{}, err
	}
	best, cut, err := f.namesakes(ctx, &n)
	if err != nil {
		return models.Object{}, err
	}
	switch fitting := best.fitting; {
	case len(fitting) == 1:
		return fitting[0], nil
	case len(fitting) > 1:
		e := notLocated(n.text, models.ErrInvalid, fmt.Sprintf("%d objects are called so", len(fitting)), "Name the one you mean by its DN.")
		return models.Object{}, &Ambiguous{e, fitting}
	case len(best.others) > 0:
		return n.checked(best.others[0], nil)
	default:
		return models.Object{}, notLocated(n.text, models.ErrNotFound, "", n.otherNames(cut))
	}
}

// spoken is what a person typed for an object, taken apart.
type spoken struct {
	text  string
	kinds []models.Category // that it may be; none: any

	logon string   // the logon name, of DOMAIN\name and of name@realm
	only  bool     // it can be nothing but that
	steps []string // of a path, from the top; nil for none
	top   bool     // a path that is written from the top on: /Staff
}

// take finds out what a text can mean in this domain.
func (f finder) take(ctx context.Context, n *spoken) error {
	domain, logon, of := strings.Cut(n.text, `\`)
	local, realm, at := n.text, "", false
	if i := strings.LastIndexByte(n.text, '@'); i > 0 {
		local, realm, at = n.text[:i], n.text[i+1:], true
	}
	if (of || at) && domain != "" {
		info, err := f.in.backend.Info(ctx)
		switch {
		case err != nil:
			return err
		case of && !strings.EqualFold(domain, info.Workgroup) && !strings.EqualFold(domain, info.Realm):
			return notLocated(n.text, models.ErrNotFound, domain+" is another domain", "This connection is to "+cmp.Or(info.Workgroup, info.Realm)+".")
		case of:
			n.logon, n.only = logon, true
		case strings.EqualFold(realm, info.Realm):
			n.logon = local
		}
	}
	if strings.Contains(n.text, "/") && !n.only {
		n.top = strings.HasPrefix(n.text, "/")
		n.steps = slices.DeleteFunc(strings.Split(n.text, "/"), func(step string) bool { return strings.TrimSpace(step) == "" })
	}
	return nil
}

// otherNames says how else it may be named; cut, why it may be there nevertheless.
func (s *spoken) otherNames(cut string) string {
	switch {
	case cut != "":
		return "Name it by its DN: not all was searched (" + cut + ")."
	case len(s.kinds) > 0 && s.kinds[0].HoldsObjects():
		return "Name it by its DN, such as OU=Staff,DC=example,DC=com, or by its path from the top, such as Staff/Europe."
	default:
		return "Name it by its DN or its logon name; both stand in the details."
	}
}

func (s *spoken) allows(kind models.Category) bool {
	return len(s.kinds) == 0 || slices.Contains(s.kinds, kind)
}

// texts are what the server is asked for.
func (s *spoken) texts() (all []string) {
	if !s.only {
		all = append(all, s.text)
	}
	if s.logon != "" {
		all = append(all, s.logon)
	}
	if len(s.steps) > 0 {
		all = append(all, strings.TrimSpace(s.steps[len(s.steps)-1]))
	}
	return all
}

// How well an object fits a name. Who has it for an identifier goes before who is
// merely called so.
const (
	fitsNot  = iota
	fitsName // its name, or the end of its path
	fitsHost // the logon name but for the $ of a computer
	fitsWell // logon name, user principal name, mail address, or the path from the top
)

func (s *spoken) fit(o *models.Object) int {
	same := func(name string) bool { return name != "" && strings.EqualFold(name, s.text) }
	switch {
	case s.logon != "" && strings.EqualFold(o.SAMAccountName, s.logon):
		return fitsWell
	case s.only:
		return hostFit(o, s.logon)
	case same(o.SAMAccountName), strings.Contains(s.text, "@") && (same(o.Mail) || o.Account != nil && same(o.Account.UserPrincipalName)):
		return fitsWell
	}
	return max(hostFit(o, s.text), s.pathFit(o))
}

func hostFit(o *models.Object, text string) int {
	if host, is := strings.CutSuffix(o.SAMAccountName, "$"); is && strings.EqualFold(host, text) {
		return fitsHost
	}
	return fitsNot
}

// pathFit compares a container's way from the top with the steps, and any object's
// name with the text.
func (s *spoken) pathFit(o *models.Object) int {
	if strings.EqualFold(o.Name, s.text) {
		return fitsName
	}
	if len(s.steps) == 0 || !o.Category.HoldsObjects() {
		return fitsNot
	}
	at := o.DN
	for _, step := range slices.Backward(s.steps) {
		if isTop(at) || !strings.EqualFold(at.RDN().Value, strings.TrimSpace(step)) {
			return fitsNot
		}
		at = at.Parent()
	}
	switch {
	case isTop(at):
		return fitsWell
	case s.top:
		return fitsNot
	}
	return fitsName
}

// isTop reports the domain itself.
func isTop(dn models.DN) bool { return dn == "" || strings.EqualFold(dn.RDN().Type, "DC") }

// fits are the objects that fit a name best: those of a kind that is wanted, and, if
// there are none, the others.
type fits struct {
	fit             int
	fitting, others []models.Object
}

func (b *fits) add(n *spoken, o *models.Object) {
	twin := func(other models.Object) bool { return other.DN.Equal(o.DN) }
	switch fit := n.fit(o); {
	case fit == fitsNot:
	case !n.allows(o.Category):
		b.others = append(b.others, *o)
	case fit < b.fit, slices.ContainsFunc(b.fitting, twin):
	case fit > b.fit:
		b.fit, b.fitting = fit, []models.Object{*o}
	default:
		b.fitting = append(b.fitting, *o)
	}
}

// namesakes finds the objects that fit a name best: it asks the server, where it can
// be asked for a name, else it walks the tree. There a logon name ends the search, for
// no two objects of a domain share one. cut says why not all may have been searched.
func (f finder) namesakes(ctx context.Context, n *spoken) (best fits, cut string, err error) {
	if namer, can := Capability[Namer](f.in.backend); can {
		for _, text := range n.texts() {
			found, held, err := namer.Named(ctx, text)
			if err != nil {
				return best, "", err
			}
			for i := range found {
				best.add(n, &found[i])
			}
			cut = cmp.Or(held, cut)
		}
		return best, cut, nil
	}
	cut, err = f.in.survey().each(ctx, func(o *models.Object) bool {
		best.add(n, o)
		isLogon := n.only && strings.EqualFold(o.SAMAccountName, n.logon) || strings.EqualFold(o.SAMAccountName, n.text)
		return !isLogon || !n.allows(o.Category)
	})
	return best, cut, err
}

// checked refuses an object of another kind than was asked for.
func (s *spoken) checked(o models.Object, err error) (models.Object, error) {
	if err != nil || s.allows(o.Category) {
		return o, err
	}
	wanted := english.A(s.kinds[0].Label())
	if s.kinds[0].HoldsObjects() {
		wanted = "a container of other objects"
	}
	return models.Object{}, notLocated(cmp.Or(s.text, string(o.DN)), models.ErrInvalid,
		"that is "+english.A(o.Category.Label())+", and not "+wanted, "Name "+wanted+".")
}

// identity reports whether a text has the form of a GUID, in braces or not, or
// of a SID, and gives it as a server wants it.
func identity(text string) (id string, ok bool) {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}")
	if models.IsSID(text) {
		return strings.ToUpper(text), true
	}
	return strings.ToLower(text), models.IsGUID(text)
}

func notLocated(text string, kind error, words, advice string) *models.Error {
	e := &models.Error{Kind: kind, Action: "look for", Object: text, Advice: advice}
	if words != "" {
		e.Kind = models.InWords(words, kind)
	}
	return e
}
