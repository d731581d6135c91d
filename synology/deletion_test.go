package synology

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dirdesk/models"
)

const (
	dnA = "CN=a,DC=x"
	dnB = "CN=b,DC=x"
	dnC = "CN=c,DC=x"
)

// polled is an answer to a question after a task.
func polled(finished bool, total int, objects ...string) string {
	return fmt.Sprintf(`{"data":{"has_fail":false,"result":[{"api":"SYNO.ActiveDirectory.Polling","data":`+
		`{"data":[%s],"finished":%v,"total":%d},"method":"get","success":true,"version":1}]},"success":true}`,
		strings.Join(objects, ","), finished, total)
}

func status(dn, status string) string { return fmt.Sprintf(`{"dn":%q,"status":%s}`, dn, status) }

// heard keeps what done was called with.
type heard struct {
	t       *testing.T
	results map[models.DN]error
}

func (h *heard) done(dn models.DN, err error) {
	if _, twice := h.results[dn]; twice {
		h.t.Errorf("%s was reported twice", dn)
	}
	h.results[dn] = err
}

func TestDelete(t *testing.T) {
	const ok = `{}`
	noTask := `{"data":{"has_fail":true,"result":[{"success":false,"error":{"code":120,"errors":{"name":"task_id","reason":"condition"}}}]},"success":true}`
	busy := strings.Replace(noTask, "120", "117", 1)
	for name, test := range map[string]struct {
		polls []string
		want  map[models.DN]error // as far as reported
		err   error
		words string
		asked int
	}{
		"at once":          {[]string{polled(true, 3, status(dnA, ok), status(dnB, ok), status(dnC, ok))}, map[models.DN]error{dnA: nil, dnB: nil, dnC: nil}, nil, "", 1},
		"one by one":       {[]string{polled(false, 3), polled(false, 3, status(dnA, ok)), polled(false, 3, status(dnA, ok), status(dnB, ok)), polled(true, 3, status(dnA, ok), status(dnB, ok), status(dnC, ok))}, map[models.DN]error{dnA: nil, dnB: nil, dnC: nil}, nil, "", 4},
		"one fails":        {[]string{polled(true, 3, status(dnA, ok), status(dnB, `{"code":66,"msg":"Unable to delete a non-leaf node"}`), status(dnC, ok))}, map[models.DN]error{dnA: nil, dnB: models.ErrNotEmpty, dnC: nil}, nil, "", 1},
		"in many ways":     {[]string{polled(true, 3, status(dnA, `{"code":32}`), status(dnB, `"insufficient access rights"`), status(dnC, `{"weather":"bad"}`))}, map[models.DN]error{dnA: models.ErrNotFound, dnB: models.ErrDenied, dnC: models.ErrServer}, nil, "", 1},
		"other spelling":   {[]string{polled(true, 3, status("cn=A, DC=X", ok), status(dnB, ok), status(dnC, ok), status("CN=other", ok))}, map[models.DN]error{dnA: nil, dnB: nil, dnC: nil}, nil, "", 1},
		"listed too early": {[]string{polled(false, 3, status(dnA, ok), status(dnB, ok), status(dnC, ok)), polled(true, 3, status(dnA, ok), status(dnB, `{"code":50}`), status(dnC, ok))}, map[models.DN]error{dnA: nil, dnB: models.ErrDenied, dnC: nil}, nil, "", 2},
		"no word of one":   {[]string{polled(true, 3, status(dnA, ok), status(dnC, ok))}, map[models.DN]error{dnA: nil, dnC: nil}, models.ErrUnknownOutcome, "delete " + dnB, 1},
		"task lost":        {[]string{polled(false, 3, status(dnA, ok)), noTask}, map[models.DN]error{dnA: nil}, models.ErrUnknownOutcome, "delete 2 objects", 2},
		"task lost at the end": {
			[]string{polled(false, 4, status(dnA, ok), status(dnB, ok), status(dnC, ok)), noTask},
			map[models.DN]error{dnA: nil, dnB: nil, dnC: nil},
			nil, "", 1,
		},
		"hiccups":          {[]string{"<html>", busy, "", polled(false, 3, status(dnA, ok)), busy, polled(true, 3, status(dnA, ok), status(dnB, ok), status(dnC, ok))}, map[models.DN]error{dnA: nil, dnB: nil, dnC: nil}, nil, "", 6},
		"nothing but them": {[]string{"<html>"}, nil, models.ErrUnknownOutcome, "delete 3 objects", mostMisses},
		"denied to ask":    {[]string{`{"error":{"code":105},"success":false}`}, nil, models.ErrUnknownOutcome, "does not tell", 2},
		"odd progress":     {[]string{`{"data":{"has_fail":false,"result":[{"success":true,"data":{"finished":"maybe"}}]},"success":true}`}, nil, models.ErrUnknownOutcome, "does not tell", mostMisses},
	} {
		t.Run(name, func(t *testing.T) {
			server := newCanned(t)
			server.answer(wireDelete, goodStart)
			server.answer(wireCompound, test.polls...)
			client := server.open()
			got := heard{t, map[models.DN]error{}}
			err := client.Delete(t.Context(), models.Refs(dnA, dnB, dnC), false, got.done)
			if !errors.Is(err, test.err) || err != nil && !strings.Contains(err.Error(), test.words) {
				t.Errorf("got %v, want %v with %q", err, test.err, test.words)
			}
			if err != nil {
				checkForPeople(t, err, "", objectOf(err), "its end is not known")
			}
			if len(got.results) != len(test.want) {
				t.Errorf("reported %v, want %v", got.results, test.want)
			}
			for dn, want := range test.want {
				if result, known := got.results[dn]; !known || !errors.Is(result, want) {
					t.Errorf("%s: %v, want %v", dn, result, want)
				} else if result != nil {
					checkForPeople(t, result, "", objectOf(result), "delete")
				}
			}
			server.only(wireDelete)
			if n := len(server.seen(wireCompound)); n != test.asked {
				t.Errorf("asked %d times, want %d", n, test.asked)
			}
		})
	}
}

func objectOf(err error) string {
	var told *models.Error
	if errors.As(err, &told) {
		return told.Object
	}
	return ""
}

// The words and the code of a status that is none of the known ones are kept.
func TestStatusOfADeletionKeepsTheServersWords(t *testing.T) {
	server := newCanned(t)
	server.answer(wireDelete, goodStart)
	server.answer(wireCompound, polled(true, 1, status(dnA, `{"code":10237,"msg":"Unable to delete a non-leaf node (it has 2 children)!"}`)))
	var told *models.Error
	err := server.open().Delete(t.Context(), models.Refs(dnA), false, func(_ models.DN, err error) { errors.As(err, &told) })
	if err != nil || told == nil || !errors.Is(told, models.ErrNotEmpty) || told.Code != "10237" || !strings.Contains(told.Server, "2 children") {
		t.Errorf("%v, %+v", err, told)
	}
}

// When the caller goes away the deletion goes on or not: that is unknown, and
// not a cancellation.
func TestDeletionThatIsCancelled(t *testing.T) {
	for name, meanwhile := range map[string]bool{"while asking": true, "while waiting": false} {
		t.Run(name, func(t *testing.T) {
			server := newCanned(t)
			server.answer(wireDelete, goodStart)
			client := server.open()
			client.options.PollEvery = time.Hour
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			server.on(wireCompound, func(w http.ResponseWriter, r *http.Request) {
				if meanwhile {
					cancel()
					hang(w, r)
					return
				}
				fmt.Fprint(w, polled(false, 2, status(dnA, `{}`)))
			})
			got := heard{t, map[models.DN]error{}}
			err := client.Delete(ctx, models.Refs(dnA, dnB), false, func(dn models.DN, err error) {
				got.done(dn, err)
				cancel()
			})
			if !errors.Is(err, models.ErrUnknownOutcome) || errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "stopped waiting") {
				t.Errorf("got %v", err)
			}
			if want := map[models.DN]error{dnA: nil}; !meanwhile && !maps.Equal(got.results, want) {
				t.Errorf("reported %v", got.results)
			}
		})
	}
}

// A deletion that was refused, or of which it is not known whether it began,
// reports nothing of its objects.
func TestDeletionThatDoesNotBegin(t *testing.T) {
	for body, want := range map[string]error{
		`{"error":{"code":105},"success":false}`: models.ErrDenied, `{"data":{},"success":true}`: models.ErrUnknownOutcome, "<html>": models.ErrUnknownOutcome,
	} {
		server := newCanned(t)
		server.answer(wireDelete, body)
		got := heard{t, map[models.DN]error{}}
		err := server.open().Delete(t.Context(), models.Refs(dnA, dnB), false, got.done)
		if !errors.Is(err, want) || len(got.results) > 0 || len(server.seen(wireCompound)) > 0 {
			t.Errorf("%s: %v, reported %v", body, err, got.results)
		}
	}
}

// After a quick start the questions come one to two seconds apart, and a task that makes no
// progress is not waited for without end.
func TestPaceAndPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := offline(t)
		var asked []time.Time
		client.web.Changes.Transport = roundTripper(func(*http.Request) (*http.Response, error) { return response(goodStart), nil })
		client.web.Reads.Transport = roundTripper(func(*http.Request) (*http.Response, error) {
			asked = append(asked, time.Now())
			if len(asked) > 3 {
				if pause := asked[len(asked)-1].Sub(asked[len(asked)-2]); pause < time.Second || pause > 2*time.Second {
					t.Errorf("a pause of %s", pause)
				}
			}
			if len(asked) == 60 {
				return response(polled(false, 2, status(dnA, `{}`))), nil
			}
			return response(polled(false, 2)), nil
		})
		client.options.patience = 3 * time.Minute
		start := time.Now()
		err := client.Delete(t.Context(), models.Refs(dnA, dnB), false, nil)
		if !errors.Is(err, models.ErrUnknownOutcome) || !strings.Contains(err.Error(), "no progress in 3m0s") {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took < 4*time.Minute || took > 7*time.Minute {
			t.Errorf("gave up after %s: the progress in between begins the wait anew", took)
		}
	})
}
