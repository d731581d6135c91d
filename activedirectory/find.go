package activedirectory

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/internal/allowance"
	"dirdesk/internal/english"
	"dirdesk/internal/guard"
	"dirdesk/models"
)

// NameTaken reports whether any user, group or computer of the domain has the
// logon name; case does not count.
func (b *reader) NameTaken(ctx context.Context, name string) (bool, error) {
	const action = "look for the name"
	if strings.TrimSpace(name) == "" {
		return false, refuse(models.ErrInvalid, action, "", "Type a name.")
	}
	return ask(ctx, b.connection, action, name, func(c *conn) (bool, error) {
		found, err := c.find(ctx, b.silence, b.domainSearch("(sAMAccountName="+ldap.EscapeFilter(name)+")", "1.1"))
		return len(found) > 0, err
	})
}

const (
	// mostCandidates is how many objects one search gives: the best are among them,
	// or more has to be typed.
	mostCandidates = 1000
	// fewFound is below how many found the names with marks on their letters are
	// asked for too.
	fewFound = 20
)

// Find searches the whole domain by two searches at once: one for whose logon name,
// mail or name the text is, which an index answers, and one for those that hold
// every word, by ambiguous name resolution (MS-ADTS 3.1.1.3.1.3.3) or within what
// is asked for. Samba does not fold accents: where little is found, a third search
// leaves the letters open that can carry a mark, and what comes is judged here. No
// categories means all that a listing shows; limit 0 means all that are found.
func (b *reader) Find(ctx context.Context, req models.FindRequest) (found []models.Object, cut string, err error) {
	const action = "search for"
	text := strings.TrimSpace(req.Text)
	if text == "" || req.Limit < 0 {
		return nil, "", refuse(models.ErrInvalid, action, text, "Type a part of a name.")
	}
	kinds, err := categoryFilter(req.Categories)
	if err != nil {
		return nil, "", err
	}
	limit := req.Limit
	if limit > 0 {
		limit = max(limit+1, mostCandidates)
	}
	var exact, rest finding
	var failed [2]error
	var searches sync.WaitGroup
	searches.Go(func() {
		defer guard.AsError(&failed[0])
		exact, failed[0] = b.candidates(ctx, req, kinds+exactFilter(text), limit)
	})
	searches.Go(func() {
		defer guard.AsError(&failed[1])
		if len(req.Words) > 0 {
			rest, failed[1] = b.candidates(ctx, req, kinds+wordsFilter(req), limit)
		}
	})
	searches.Wait()
	for _, err := range failed {
		if err != nil {
			return nil, "", err
		}
	}
	found = rest.objects
	rest.objects, rest.seen = nil, nil
	rest.addAll(exact.objects)
	rest.addAll(found)
	if len(exact.objects) == 0 && len(rest.objects) < fewFound && req.Matches != nil && len(req.Words) > 0 {
		loose, err := b.candidates(ctx, req, kinds+looseFilter(req), limit)
		if err != nil {
			return nil, "", err
		}
		rest.cut = rest.cut || loose.cut
		rest.addAll(slices.DeleteFunc(loose.objects, func(o models.Object) bool { return !req.Matches(&o) }))
	}
	if rest.cut {
		cut = "more than " + english.Number(limit) + " may match: type more"
	}
	return rest.objects, cut, nil
}

// candidates are what one search finds, up to a limit.
func (b *reader) candidates(ctx context.Context, req models.FindRequest, filters string, limit int) (finding, error) {
	return ask(ctx, b.connection, "search for", req.Text, func(c *conn) (f finding, err error) {
		f = finding{backend: b.connection, limit: limit, seen: map[string]bool{}, allowed: &allowance.Allowance{Rows: c.rows}}
		if f.at, err = b.moment(ctx, c); err != nil {
			return f, err
		}
		search := b.domainSearch("(&"+filters+")", f.wanted()...)
		if req.Base != "" {
			search.BaseDN = string(req.Base)
		}
		return f, f.run(ctx, c, search)
	})
}

// exactFilter asks for whose name a text is.
func exactFilter(text string) string {
	var any strings.Builder
	for _, attribute := range []string{"sAMAccountName", "userPrincipalName", "mail", "name", "employeeID"} {
		any.WriteString("(" + attribute + "=" + ldap.EscapeFilter(text) + ")")
	}
	any.WriteString("(sAMAccountName=" + ldap.EscapeFilter(text) + "$)")
	return "(|" + any.String() + ")"
}

// wordsFilter asks for what holds every word, or the text as a telephone number.
func wordsFilter(req models.FindRequest) string {
	var all strings.Builder
	for i, word := range req.Words {
		all.WriteString(wordFilter(word, req.Folded[i]))
	}
	if req.Number == "" {
		return all.String()
	}
	return "(|(&" + all.String() + ")(telephoneNumber=" + apart(req.Number) + "))"
}

// wordFilter asks for what holds a word somewhere.
func wordFilter(typed, folded string) string {
	var any strings.Builder
	for i, form := range []string{typed, folded} {
		if i > 0 && strings.EqualFold(form, typed) {
			break
		}
		value := ldap.EscapeFilter(form)
		any.WriteString("(anr=" + value + ")")
		for _, attribute := range []string{"sAMAccountName", "displayName", "name", "mail", "physicalDeliveryOfficeName", "employeeID", "employeeNumber"} {
			any.WriteString("(" + attribute + "=*" + value + "*)")
		}
	}
	if strings.Trim(folded, "0123456789") == "" {
		any.WriteString("(telephoneNumber=" + apart(folded) + ")")
	}
	return "(|" + any.String() + ")"
}

// apart is a pattern for digits, whatever stands between them.
func apart(digits string) string { return "*" + strings.Join(strings.Split(digits, ""), "*") + "*" }

// looseFilter asks for what may hold every word if marks on letters do not count,
// or every word but one, which may be the name of a container.
func looseFilter(req models.FindRequest) string {
	plain, loose := make([]string, len(req.Words)), ""
	for i, word := range req.Words {
		plain[i] = wordFilter(word, req.Folded[i])
		patterns := plain[i]
		for _, pattern := range markedPatterns(req.Folded[i]) {
			patterns += "(name=" + pattern + ")(displayName=" + pattern + ")"
		}
		loose += "(|" + patterns + ")"
	}
	others := ""
	for i := range plain {
		if len(plain) > 1 {
			others += "(&" + strings.Join(slices.Delete(slices.Clone(plain), i, i+1), "") + ")"
		}
	}
	return "(|(&" + loose + ")" + others + ")"
}

// canBeMarked are the letters that names carry marks on.
const canBeMarked = "acdeghijklnorstuwyz"

// mostPatterns bounds the patterns for one word.
const mostPatterns = 60

// markedPatterns are patterns for a word some of whose letters carry a mark: three
// in a short word, two in a longer one. A name has rarely more, and one with all
// of them left open would fit nearly everybody.
func markedPatterns(word string) []string {
	letters := []rune(word)
	marks := 2
	if len(letters) <= 6 {
		marks = min(3, len(letters)-1)
	}
	var patterns []string
	var leave func(from, marks int, pattern []rune)
	leave = func(from, marks int, pattern []rune) {
		if len(patterns) >= mostPatterns {
			return
		}
		rest := 0
		for i := from; i < len(letters) && marks > 0; i++ {
			if strings.ContainsRune(canBeMarked, letters[i]) {
				rest++
				open := slices.Clone(pattern)
				open[i] = '*'
				leave(i+1, marks-1, open)
			}
		}
		if rest > 0 || slices.Equal(pattern, letters) { // one with more letters open fits too
			return
		}
		var text strings.Builder
		for i, letter := range pattern {
			switch {
			case letter != '*':
				text.WriteString(ldap.EscapeFilter(string(letter)))
			case i == 0 || pattern[i-1] != '*':
				text.WriteByte('*')
			}
		}
		whole := "*" + strings.Trim(text.String(), "*") + "*"
		if whole != "**" && !slices.Contains(patterns, whole) {
			patterns = append(patterns, whole)
		}
	}
	leave(0, marks, letters)
	return patterns
}

// Named finds all objects that have a text for one of their names. Indexes answer it.
func (b *reader) Named(ctx context.Context, text string) (found []models.Object, cut string, err error) {
	value := ldap.EscapeFilter(text)
	var filter strings.Builder
	for _, attribute := range []string{"sAMAccountName", "userPrincipalName", "mail", "name"} {
		filter.WriteString("(" + attribute + "=" + value + ")")
	}
	categories, err := categoryFilter(nil)
	if err != nil {
		return nil, "", err
	}
	f := &finding{backend: b.connection}
	found, err = ask(ctx, b.connection, "look for", text, func(c *conn) (_ []models.Object, err error) {
		f.objects, f.seen, f.allowed = nil, make(map[string]bool), &allowance.Allowance{Rows: c.rows}
		if f.at, err = b.moment(ctx, c); err != nil {
			return nil, err
		}
		err = f.run(ctx, c, b.domainSearch("(&"+categories+"(|(sAMAccountName="+value+"$)"+filter.String()+"))", f.wanted()...))
		return f.objects, err
	})
	return found, "", err
}

func (b *connection) domainSearch(filter string, attributes ...string) *ldap.SearchRequest {
	return ldap.NewSearchRequest(string(b.root.baseDN), ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 0, 0, false, filter, attributes, nil)
}

// finding is one search under way.
type finding struct {
	backend *connection
	limit   int
	at      moment
	objects []models.Object
	seen    map[string]bool // by DN
	cut     bool            // there are more than the limit
	allowed *allowance.Allowance
}

func (f *finding) wanted() []string {
	wanted := listAttributes()
	if f.at.fineGrained {
		wanted = append(wanted, computedAttributes()...)
	}
	return wanted
}

func (f *finding) full() bool { return f.limit > 0 && len(f.objects) >= f.limit }

// addAll takes objects in, each once.
func (f *finding) addAll(objects []models.Object) {
	if f.seen == nil {
		f.seen = map[string]bool{}
	}
	for _, o := range objects {
		if !f.seen[string(o.DN)] {
			f.seen[string(o.DN)] = true
			f.objects = append(f.objects, o)
		}
	}
}

// run reads page by page until there is enough: Samba ignores a size limit, and
// the paged control lets one stop.
func (f *finding) run(ctx context.Context, c *conn, request *ldap.SearchRequest) error {
	size := serverPage
	if f.limit > 0 {
		size = min(size, f.limit)
	}
	paging := ldap.NewControlPaging(uint32(size))
	request.Controls = []ldap.Control{paging}
	var p progress
	_, err := c.eachPage(paging, &p, func() ([]ldap.Control, bool, error) {
		found, controls, err := c.findWithControls(ctx, f.backend.silence, request, f.allowed)
		for _, entry := range found {
			switch p.add(entry); {
			case f.seen[entry.DN]:
			case f.full():
				f.cut = true
			default:
				f.seen[entry.DN] = true
				f.objects = append(f.objects, objectOf(entry, f.at))
			}
		}
		if paging, ok := ldap.FindControl(controls, ldap.ControlTypePaging).(*ldap.ControlPaging); ok && f.full() && len(paging.Cookie) > 0 {
			f.cut = true
		}
		return controls, !f.full(), err
	})
	return err
}

// Identify finds an object by its GUID or SID, which a domain controller takes in
// the place of a name (MS-ADTS 3.1.1.3.1.2.4; seen on Samba 4.17.12).
func (b *reader) Identify(ctx context.Context, id string) (models.Object, error) {
	const action = "find the object"
	id = strings.TrimSpace(id)
	var name string
	switch {
	case models.IsGUID(id):
		name = named(models.Ref{GUID: id})
	case models.IsSID(id):
		name = "<SID=" + strings.ToUpper(id) + ">"
	default:
		return models.Object{}, refuse(models.ErrInvalid, action, id,
			"Give a GUID such as 1b2c3d4e-0000-1111-2222-333344445555, or a SID such as S-1-5-21-1-2-3-500.")
	}
	object, err := ask(ctx, b.connection, action, id, func(c *conn) (models.Object, error) { return b.get(ctx, c, name) })
	var said *models.Error
	if errors.As(err, &said) && said.Kind == models.ErrNotFound {
		said.Advice = "No object of this domain, that your account may see, has this identifier."
	}
	return object, err
}
