package synology

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
)

var _ desk.Backend = (*Backend)(nil)

const wireList = "SYNO.ActiveDirectory.Directory.list"

// container is a server with n users in one container.
type container struct {
	size  int
	most  int // objects the server gives for one request, whatever is asked
	total string
}

func (c container) serve(w http.ResponseWriter, r *http.Request) {
	offset, limit := number(r.Form.Get("offset")), number(r.Form.Get("limit"))
	var objects []string
	for i := offset; i < min(c.size, offset+min(limit, c.most)); i++ {
		objects = append(objects, fmt.Sprintf(`{"dn":"CN=user %d,OU=Large,DC=x","objectCategory":"person"}`, i))
	}
	fmt.Fprintf(w, `{"data":{"data":[%s]%s},"success":true}`, strings.Join(objects, ","), c.total)
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

func TestListPages(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name          string
		size, most    int
		total         string // member of the answer
		offset, limit int
		pages         []string // offset+objects of total
		requests      []string // offset+limit
		fails         bool
	}{
		{"empty", 0, 9999, `,"total":0`, 0, 0, []string{"0+0 of 0"}, []string{"0+500"}, false},
		{"one page", 3, 9999, `,"total":3`, 0, 0, []string{"0+3 of 3"}, []string{"0+500"}, false},
		{"to the end", 1200, 9999, `,"total":1200`, 0, 0, []string{"0+500 of 1200", "500+500 of 1200", "1000+200 of 1200"}, []string{"0+500", "500+500", "1000+500"}, false},
		{"exactly full pages", 1000, 9999, `,"total":1000`, 0, 0, []string{"0+500 of 1000", "500+500 of 1000"}, []string{"0+500", "500+500"}, false},
		{"from the middle", 1200, 9999, `,"total":1200`, 900, 0, []string{"900+300 of 1200"}, []string{"900+500"}, false},
		{"one request", 1200, 9999, `,"total":1200`, 40, 40, []string{"40+40 of 1200"}, []string{"40+40"}, false},
		{"one request at the most", 1200, 9999, `,"total":1200`, 0, 500, []string{"0+500 of 1200"}, []string{"0+500"}, false},
		{"one request, cut by the server", 1200, 100, `,"total":1200`, 0, 500, []string{"0+100 of 1200"}, []string{"0+500"}, false},
		{"more than one", 1200, 9999, `,"total":1200`, 0, 700, []string{"0+500 of 1200", "500+200 of 1200"}, []string{"0+500", "500+200"}, false},
		{"beyond the end", 3, 9999, `,"total":3`, 10, 40, []string{"10+0 of 3"}, []string{"10+40"}, false},
		{"smaller pages than asked", 250, 100, `,"total":250`, 0, 0, []string{"0+100 of 250", "100+100 of 250", "200+50 of 250"}, []string{"0+500", "100+500", "200+500"}, false},
		{"total as text", 2, 9999, `,"total":"2"`, 0, 0, []string{"0+2 of 2"}, []string{"0+500"}, false},
		{"no total", 600, 9999, ``, 0, 0, []string{"0+500 of -1", "500+100 of -1"}, []string{"0+500", "500+500", "600+500"}, false},
		{"no total, nothing", 0, 9999, ``, 0, 0, []string{"0+0 of -1"}, []string{"0+500"}, false},
		{"fewer than announced", 600, 9999, `,"total":700`, 0, 0, []string{"0+500 of 700", "500+100 of 700"}, []string{"0+500", "500+500", "600+500"}, true},
		{"nothing of what was announced", 0, 9999, `,"total":5`, 0, 0, nil, []string{"0+500"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := newCanned(t)
			server.on(wireList, container{test.size, test.most, test.total}.serve)
			backend := server.open()
			var pages []string
			var failed error
			next := test.offset
			for page, err := range backend.List(t.Context(), models.ListRequest{Base: "OU=Large,DC=x", Offset: test.offset, Limit: test.limit}) {
				if err != nil {
					failed = err
					continue
				}
				pages = append(pages, fmt.Sprintf("%d+%d of %d", page.Offset, len(page.Objects), page.Total))
				if len(page.Objects) > 0 && page.Objects[0].Name != fmt.Sprintf("user %d", next) {
					t.Errorf("the page at %d begins with %s", page.Offset, page.Objects[0].Name)
				}
				next = page.Offset + len(page.Objects)
			}
			var requests []string
			for _, request := range server.seen(wireList) {
				requests = append(requests, request.form.Get("offset")+"+"+request.form.Get("limit"))
			}
			if !slices.Equal(pages, test.pages) {
				t.Errorf("pages %q, want %q", pages, test.pages)
			}
			if !slices.Equal(requests, test.requests) {
				t.Errorf("requests %q, want %q", requests, test.requests)
			}
			if test.fails != (failed != nil) || failed != nil && !errors.Is(failed, models.ErrProtocol) {
				t.Errorf("ended with %v", failed)
			}
		})
	}
}

// A server that ignores the limit must not make a page longer than was asked.
func TestListNeverGivesMoreThanAsked(t *testing.T) {
	server := newCanned(t)
	server.answer(wireList, `{"data":{"data":[{"dn":"CN=a"},{"dn":"CN=b"},{"dn":"CN=c"}],"total":3},"success":true}`)
	for page, err := range server.open().List(t.Context(), models.ListRequest{Base: "DC=x", Limit: 2}) {
		if err != nil || len(page.Objects) != 2 || page.Total != 3 {
			t.Errorf("got %d of %d, %v", len(page.Objects), page.Total, err)
		}
	}
}

func TestListStopsWhenTheCallerDoes(t *testing.T) {
	server := newCanned(t)
	server.on(wireList, container{5000, 9999, `,"total":5000`}.serve)
	for range server.open().List(t.Context(), models.ListRequest{Base: "DC=x"}) {
		break
	}
	server.only(wireList)
}

// A container that is left in the middle leaves nothing behind, neither when nobody
// reads on nor when the answer is still to come.
func TestListThatIsLeftLeavesNothing(t *testing.T) {
	server := newCanned(t)
	page := container{5000, 9999, `,"total":5000`}.serve
	server.on(wireList, page)
	backend := server.open()
	server.server.LeavesNothing(t, func() {
		for range backend.List(t.Context(), models.ListRequest{Base: "DC=x"}) {
			break
		}
	})
	ctx, leave := context.WithCancel(t.Context())
	gone := make(chan struct{})
	server.on(wireList, func(w http.ResponseWriter, r *http.Request) {
		if r.Form.Get("offset") == "0" {
			page(w, r)
			return
		}
		leave()
		hang(w, r)
		close(gone)
	})
	server.server.LeavesNothing(t, func() {
		var last error
		for _, err := range backend.List(ctx, models.ListRequest{Base: "DC=x"}) {
			last = err
		}
		if !errors.Is(last, context.Canceled) {
			t.Errorf("ended with %v", last)
		}
		<-gone // the server saw it
	})
}

func TestListRefusesNegativeNumbers(t *testing.T) {
	server := newCanned(t)
	backend := server.open()
	for _, request := range []models.ListRequest{{Base: "DC=x", Offset: -1}, {Base: "DC=x", Limit: -1}} {
		for _, err := range backend.List(t.Context(), request) {
			if !errors.Is(err, models.ErrInvalid) {
				t.Errorf("%+v: %v", request, err)
			}
		}
	}
	if len(server.seen(wireList)) > 0 {
		t.Error("a request went out")
	}
}

func TestListIsAskedForInJSONTexts(t *testing.T) {
	server := newCanned(t)
	server.answer(wireList, emptyPage)
	client := server.open()
	base := models.DN(`CN=Doe\, "John" \\ & Co,OU=Größe 日本,DC=x`)
	for _, categories := range [][]models.Category{nil, {models.Person, "msDS-Custom"}} {
		if _, err := client.page(t.Context(), models.ListRequest{Base: base, Categories: categories}, 80, 40); err != nil {
			t.Fatal(err)
		}
	}
	requests := server.seen(wireList)
	for name, want := range map[string]string{
		"action": `"enum"`, "scope": `"one"`, "offset": "80", "limit": "40", "method": "list", "version": "3",
		"objectCategory": `["person","group","organizationalUnit","computer","container","builtinDomain"]`,
	} {
		if got := requests[0].form.Get(name); got != want {
			t.Errorf("%s=%s, want %s", name, got, want)
		}
	}
	var sent string
	if err := json.Unmarshal([]byte(requests[0].form.Get("basedn")), &sent); err != nil || sent != string(base) {
		t.Errorf("basedn arrived as %q, %v", sent, err)
	}
	if got := requests[1].form.Get("objectCategory"); got != `["person","msDS-Custom"]` {
		t.Errorf("objectCategory=%s", got)
	}
}

func TestQuotedMethodIsTheFallback(t *testing.T) {
	server := newCanned(t)
	server.answer(`SYNO.ActiveDirectory.Directory."list"`, emptyPage)
	if _, err := server.open().page(t.Context(), models.ListRequest{Base: "DC=x"}, 0, 1); err != nil {
		t.Fatal(err)
	}
	if len(server.seen(wireList)) != 1 || len(server.seen(`SYNO.ActiveDirectory.Directory."list"`)) != 1 {
		t.Error("want the bare name first, then the quoted one")
	}
}

func TestStatusThatIsNotRunning(t *testing.T) {
	server := newCanned(t)
	server.answer(wireInfo,
		`{"data":{"status":"starting"},"success":true}`,
		`{"data":{"data":null,"status":"stopped"},"success":true}`,
		strings.Replace(goodInfo, `"running"`, `"degraded"`, 1))
	backend := server.open()
	for _, status := range []string{"starting", "stopped"} {
		info, err := backend.Info(t.Context())
		var told *models.Error
		if !errors.Is(err, models.ErrBusy) || !errors.As(err, &told) || !strings.Contains(told.Server, status) || info.Status != status {
			t.Errorf("%s: %+v, %v", status, info, err)
		}
	}
	if info, err := backend.Info(t.Context()); err != nil || info.Status != "degraded" || info.BaseDN != "DC=example,DC=test" {
		t.Errorf("a status of its own beside the domain's data: %+v, %v", info, err)
	}
}

func TestAboutNeedsNoNetwork(t *testing.T) {
	server := newCanned(t)
	backend := server.open()
	before := len(server.requests)
	want := models.About{
		Backend: "Synology Directory Server", Name: "DSM", Limits: "DSM's documented calls",
		Remedy: "this works over ldaps://127.0.0.1: name that as directory in the profile", URL: "synology://nas", Host: server.options().Host, Account: "jdoe",
		TLS: "TLS 1.3, verified", Seekable: true, PageSize: 500,
	}
	if got := backend.About(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if len(server.requests) != before {
		t.Error("it asked the network")
	}
}

func TestNameTaken(t *testing.T) {
	server := newCanned(t)
	server.answer("SYNO.ActiveDirectory.Group.conflict",
		`{"data":{"isConflict":true},"success":true}`, `{"data":{"isConflict":0},"success":true}`, `{"data":{},"success":true}`)
	client := server.open()
	for _, want := range []bool{true, false} {
		if got, err := client.NameTaken(t.Context(), "00123"); err != nil || got != want {
			t.Errorf("got %v, %v; want %v", got, err, want)
		}
	}
	if _, err := client.NameTaken(t.Context(), "00123"); !errors.Is(err, models.ErrProtocol) {
		t.Errorf("no answer taken for one: %v", err)
	}
	if got := server.seen("SYNO.ActiveDirectory.Group.conflict")[0].form.Get("name"); got != `"00123"` {
		t.Errorf("name=%s: would be taken for a number", got)
	}
}

func TestTaskIsAskedForInACompound(t *testing.T) {
	const id = "@administrators/Synoads_SYNO.ActiveDirectory.Directory_delete6145EA17C4F03DA9"
	lost := `{"data":{"has_fail":true,"result":[{"success":false,"error":{"code":119}}]},"success":true}`
	server := newCanned(t)
	server.answer("SYNO.Entry.Request.request", lost, goodTask, lost)
	client := server.open()
	task, err := client.task(t.Context(), id)
	if err != nil || !task.finished || task.total != 1 || len(task.objects) != 1 || task.objects[0].err != nil {
		t.Fatalf("got %+v, %v", task, err)
	}
	if n := len(server.seen("SYNO.API.Auth.login")); n != 2 {
		t.Errorf("%d sign-ins: an item that finds the session lost renews it once", n)
	}
	want := `[{"api":"SYNO.ActiveDirectory.Polling","method":"get","task_id":"` + id + `","version":1}]`
	if got := server.seen("SYNO.Entry.Request.request")[0].form.Get("compound"); got != want {
		t.Errorf("compound=%s\nwant     %s", got, want)
	}
	if _, err := client.task(t.Context(), id); !errors.Is(err, models.ErrSession) {
		t.Errorf("lost twice in a row: %v, want ErrSession", err)
	}
}

func TestFailedItemIsAnErrorThoughTheEnvelopeSaysSuccess(t *testing.T) {
	server := newCanned(t)
	server.answer("SYNO.Entry.Request.request",
		`{"data":{"has_fail":true,"result":[{"success":false,"error":{"code":10104,"errors":[{"msg":"No such object"}]}}]},"success":true}`)
	_, err := server.open().task(t.Context(), "@administrators/x")
	if !errors.Is(err, models.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}
