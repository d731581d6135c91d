package adaxes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/models"
)

// listServer holds children by name and answers searches as a server with a cap
// does: it knows the criteria that a gathering uses.
type listServer struct {
	children []child
	cap      int  // 0: none
	folds    bool // accents do not count, as in Active Directory
	deaf     bool // conditions are not looked at
}

var accents = strings.NewReplacer("é", "e", "å", "a", "ö", "o")

type child struct{ name, class string }

func (s *listServer) fold(text string) string {
	text = strings.ToLower(text)
	if s.folds {
		text = accents.Replace(text)
	}
	return text
}

func (s *listServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	var body struct {
		BaseObject string
		SizeLimit  int
		Criteria   struct {
			ObjectTypes []struct {
				Type  string
				Items struct {
					Items []struct {
						Property, Operator string
						Values             []struct{ Value string }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(raw, &body); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if body.BaseObject == "" {
		_, _ = io.WriteString(w, goodDomains)
		return
	}
	limit := body.SizeLimit
	if s.cap > 0 && (limit == 0 || limit > s.cap) {
		limit = s.cap
	}
	out := []map[string]any{}
	for _, c := range s.children {
		fits := len(body.Criteria.ObjectTypes) == 0
		for _, kind := range body.Criteria.ObjectTypes {
			ok := kind.Type == "" || kind.Type == c.class
			for _, item := range kind.Items.Items {
				begins := strings.HasPrefix(s.fold(c.name), s.fold(item.Values[0].Value))
				ok = ok && (s.deaf || begins == (item.Operator == "startsWith"))
			}
			fits = fits || ok
		}
		if fits && len(out) < limit {
			dn := testUsers.Child("CN", c.name)
			out = append(out, map[string]any{
				"dn": dn, "guid": fmt.Sprintf("%s/%s", c.class, c.name), "objectType": c.class, "properties": map[string]any{"name": []string{c.name}},
			})
		}
	}
	_ = json.NewEncoder(w).Encode(out)
}

// listed is what a listing gives.
type listed struct {
	names []string
	pages []models.Page
	err   error
}

func list(ctx context.Context, b *Backend, request models.ListRequest) (l listed) {
	for page, err := range b.List(ctx, request) {
		if err != nil {
			l.err = err
			return l
		}
		l.pages = append(l.pages, page)
		for _, o := range page.Objects {
			l.names = append(l.names, o.Name)
		}
	}
	return l
}

func (l listed) cut() string { return l.pages[len(l.pages)-1].Cut }

func people(names ...string) []child {
	all := make([]child, len(names))
	for i, name := range names {
		all[i] = child{name, "user"}
	}
	return all
}

// numbered makes names that differ late.
func numbered(prefix string, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("%s%03d", prefix, i)
	}
	return names
}

// What an old server holds back is asked for in parts until all is there.
func TestListGoesAroundTheCap(t *testing.T) {
	t.Parallel()
	mixed := slices.Concat(
		numbered("anna ", 30), numbered("Émile ", 15), numbered("emil ", 15), numbered("Åsa", 12), numbered("Иван ", 40), numbered("王", 25),
		numbered("🦊", 13), []string{"a", "A b", "an", "", "x"}, numbered("(weird*", 11), numbered(`b\ack`, 11), numbered("Z", 9),
	)
	for _, folds := range []bool{false, true} {
		server := newCanned(t)
		back := &listServer{children: people(mixed[:len(mixed)-11]...), cap: 10, folds: folds}
		for i := range 35 {
			back.children = append(back.children, child{fmt.Sprintf("group %02d", i), "group"}, child{fmt.Sprintf("PC%02d", i), "computer"})
		}
		back.children = slices.DeleteFunc(back.children, func(c child) bool { return c.name == "" })
		server.on(wireSearch, back.ServeHTTP)
		b := server.open()
		b.serverCap.Store(10)
		b.capKnown.Store(true)
		l := list(t.Context(), b, models.ListRequest{Base: testUsers})
		if l.err != nil || len(l.names) != len(back.children) || l.cut() != "" {
			t.Errorf("folds %v: %d of %d objects, cut %q, %v", folds, len(l.names), len(back.children), l.cut(), l.err)
		}
		if got := l.pages[0].Total; got != len(back.children) {
			t.Errorf("total %d", got)
		}
		l = list(t.Context(), b, models.ListRequest{Base: testUsers, Categories: []models.Category{models.Group, models.Computer}})
		if l.err != nil || len(l.names) != 70 || l.cut() != "" {
			t.Errorf("folds %v: %d of 70 groups and computers, cut %q, %v", folds, len(l.names), l.cut(), l.err)
		}
		if n := len(server.seen(wireSearch)); n > 600 {
			t.Errorf("%d searches", n)
		}
	}
}

func TestListGoesAroundTheCapWithAnyNames(t *testing.T) {
	t.Parallel()
	server := newCanned(t)
	back := &listServer{cap: 4}
	server.on(wireSearch, back.ServeHTTP)
	b := server.open()
	b.serverCap.Store(4)
	b.capKnown.Store(true)
	rapid.Check(t, func(r *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringOfN(rapid.SampledFrom([]rune("aAbé*(王 ")), 1, 6, -1), 0, 24,
			func(name string) string { return strings.ToLower(strings.TrimSpace(name)) }).Draw(r, "names")
		names = slices.DeleteFunc(names, func(name string) bool { return strings.TrimSpace(name) == "" })
		back.children = people(names...)
		l := list(t.Context(), b, models.ListRequest{Base: testUsers})
		got, want := slices.Clone(l.names), slices.Clone(names)
		slices.Sort(got)
		slices.Sort(want)
		if l.err != nil || !slices.Equal(got, want) || l.cut() != "" {
			r.Fatalf("got %q of %q, cut %q, %v", got, want, l.cut(), l.err)
		}
	})
}

// What stays held back is said, on the last page, and there is an end to asking.
func TestListSaysWhatIsMissing(t *testing.T) {
	for _, c := range []struct {
		name  string
		back  listServer
		limit int
		cap   int
		words string
		most  int // searches
	}{
		{"a server that does not look at conditions", listServer{children: people(numbered("a", 30)...), cap: 10, deaf: true}, 0, 10, "does not search by name", 4},
		{"more than is asked for at once", listServer{children: people(numbered("a", 30)...)}, 20, 1000, "more than 20 objects", 3},
		{"a cap within that", listServer{children: people(numbered("a", 30)...), cap: 10}, 15, 10, "more than 15 objects", 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := newCanned(t)
			server.on(wireSearch, c.back.ServeHTTP)
			b := server.open()
			b.serverCap.Store(int64(c.cap))
			b.capKnown.Store(true)
			if c.limit > 0 {
				b.options.Limit = c.limit
			}
			l := list(t.Context(), b, models.ListRequest{Base: testUsers})
			if l.err != nil || !strings.Contains(l.cut(), c.words) || l.pages[0].Total != models.UnknownTotal {
				t.Fatalf("%d names, cut %q, total %d, %v", len(l.names), l.cut(), l.pages[0].Total, l.err)
			}
			for i, page := range l.pages[:len(l.pages)-1] {
				if page.Cut != "" {
					t.Errorf("page %d says %q", i, page.Cut)
				}
			}
			if c.limit > 0 && len(l.names) != c.limit {
				t.Errorf("%d names, want %d", len(l.names), c.limit)
			}
			if n := len(server.seen(wireSearch)); n > c.most {
				t.Errorf("%d searches", n)
			}
		})
	}
}

// A listing asks for one more than it shows, once.
func TestListAsksForOneMore(t *testing.T) {
	server := newCanned(t)
	back := &listServer{children: append(people("b", "A"), child{"c", "organizationalUnit"}, child{"printer", "printQueue"}, child{"a", "contact"})}
	server.on(wireSearch, back.ServeHTTP)
	b := server.open()
	l := list(t.Context(), b, models.ListRequest{Base: testUsers})
	if want := []string{"c", "A", "a", "b", "printer"}; l.err != nil || !slices.Equal(l.names, want) {
		t.Errorf("got %q, want %q: %v", l.names, want, l.err)
	}
	searches := server.seen(wireSearch)
	if len(searches) != 2 || !strings.Contains(searches[1].body, `"oneLevel":true`) || !strings.Contains(searches[1].body, `"sizeLimit":100001`) ||
		strings.Contains(searches[1].body, "criteria") || strings.Contains(searches[1].body, "accountExpires") {
		t.Errorf("%d searches, the last %s", len(searches), searches[len(searches)-1].body)
	}
	for _, w := range []struct {
		window models.ListRequest
		want   []string
	}{
		{models.ListRequest{Base: testUsers, Offset: 1, Limit: 2}, []string{"A", "a"}},
		{models.ListRequest{Base: testUsers, Offset: 4}, []string{"printer"}},
		{models.ListRequest{Base: testUsers, Offset: 9}, nil},
		{models.ListRequest{Base: testUsers, Limit: 1 << 62}, l.names},
		{models.ListRequest{Base: testUsers, Offset: 1 << 62, Limit: 1 << 62}, nil},
	} {
		got := list(t.Context(), b, w.window)
		if got.err != nil || !slices.Equal(got.names, w.want) || got.pages[0].Offset != w.window.Offset || got.pages[0].Total != 5 {
			t.Errorf("%+v: %q at %d of %d, %v", w.window, got.names, got.pages[0].Offset, got.pages[0].Total, got.err)
		}
	}
}

// An empty answer may also be what a base that does not exist gets.
func TestListOfNothing(t *testing.T) {
	server := newCanned(t)
	b := server.open()
	l := list(t.Context(), b, models.ListRequest{Base: testUsers})
	if l.err != nil || len(l.pages) != 1 || l.pages[0].Total != 0 || len(l.names) != 0 {
		t.Errorf("%+v", l)
	}
	server.on(wireGet, text(404, told404))
	if l := list(t.Context(), b, models.ListRequest{Base: testUsers}); !errors.Is(l.err, models.ErrNotFound) {
		t.Errorf("got %v", l.err)
	}
	for _, bad := range []models.ListRequest{{}, {Base: testUsers, Offset: -1}, {Base: testUsers, Limit: -1}} {
		if l := list(t.Context(), b, bad); !errors.Is(l.err, models.ErrInvalid) {
			t.Errorf("%+v: %v", bad, l.err)
		}
	}
}

// A container that is left in the middle leaves nothing behind, neither when nobody
// reads on nor when the answer is still to come.
func TestListThatIsLeftLeavesNothing(t *testing.T) {
	server := newCanned(t)
	back := &listServer{children: people(numbered("a", 3*pageSize)...)}
	server.on(wireSearch, back.ServeHTTP)
	b := server.open()
	server.server.LeavesNothing(t, func() {
		for page, err := range b.List(t.Context(), models.ListRequest{Base: testUsers}) {
			if err != nil || len(page.Objects) != pageSize {
				t.Errorf("%d objects, %v", len(page.Objects), err)
			}
			break
		}
	})
	ctx, leave := context.WithCancel(t.Context())
	gone := make(chan struct{})
	server.on(wireSearch, func(w http.ResponseWriter, r *http.Request) {
		leave()
		hang(w, r)
		close(gone)
	})
	server.server.LeavesNothing(t, func() {
		if l := list(ctx, b, models.ListRequest{Base: testUsers}); !errors.Is(l.err, context.Canceled) {
			t.Errorf("ended with %v", l.err)
		}
		<-gone // the server saw it
	})
}

// Of an answer that is longer than what was asked for, no more is read.
func TestNoMoreIsReadThanWasAskedFor(t *testing.T) {
	rows := strings.NewReader("[" + strings.Repeat(`{"dn":"CN=a"},`, 1<<16))
	count := 0
	err := decodeRows(rows, 5, func(entry) error { count++; return nil })
	if err != nil || count != 5 || rows.Len() < 1<<19 {
		t.Errorf("%d rows, %d bytes left, %v", count, rows.Len(), err)
	}
	if err := decodeRows(strings.NewReader(`[{"dn":"`+strings.Repeat("x", 2*mostRow)+`"}]`), 0, func(entry) error { return nil }); !errors.Is(err, errOddRow) {
		t.Errorf("a row of 2 MB: %v", err)
	}
}
