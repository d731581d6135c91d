package fault_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dirdesk/simulator/fault"
)

func TestParse(t *testing.T) {
	const list = "SYNO.ActiveDirectory.Directory.list"
	for text, want := range map[string]fault.Spec{
		"drop-before@" + list:       {Kind: fault.DropBefore, API: "SYNO.ActiveDirectory.Directory", Method: "list"},
		"drop-after@" + list + "#3": {Kind: fault.DropAfter, API: "SYNO.ActiveDirectory.Directory", Method: "list", Nth: 3},
		"html-502@*":                {Kind: fault.HTML502, API: "*", Method: "*"},
		"truncate@*#7":              {Kind: fault.Truncate, API: "*", Method: "*", Nth: 7},
		"slow=1.5s@*.list":          {Kind: fault.Slow, Slow: 1500 * time.Millisecond, API: "*", Method: "list"},
		"expire@SYNO.API.Auth.*":    {Kind: fault.Expire, API: "SYNO.API.Auth", Method: "*"},
		"stall@*.get":               {Kind: fault.Stall, API: "*", Method: "get"},
		"fail-task@*.get#2":         {Kind: fault.FailTask, API: "*", Method: "get", Nth: 2},
		"status=paused@*":           {Kind: fault.Status, Word: "paused", API: "*", Method: "*"},
		"deny=105@" + list:          {Kind: fault.Deny, Code: 105, API: "SYNO.ActiveDirectory.Directory", Method: "list"},
	} {
		got, err := fault.Parse(text)
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
		if got.String() != text {
			t.Errorf("%s comes back as %s", text, got)
		}
	}
}

// A refusal quotes what was given and says what is wanted there.
func TestParseRefuses(t *testing.T) {
	for text, says := range map[string]string{
		"":                          "no @",
		"truncate":                  "no @",
		"explode@*":                 "drop-before",
		"@*":                        "drop-before",
		"truncate=1@*":              "takes no value",
		"slow@*":                    "slow=2s",
		"slow=fast@*":               "slow=2s",
		"slow=-1s@*":                "slow=2s",
		"deny@*":                    "deny=105",
		"deny=no@*":                 "deny=105",
		"deny=0@*":                  "deny=105",
		"status@*":                  "status=paused",
		"stall=1@*":                 "takes no value",
		"expire@":                   "API.METHOD",
		"expire@list":               "API.METHOD",
		"expire@.list":              "API.METHOD",
		"expire@SYNO.":              "API.METHOD",
		"expire@*#0":                "from 1 on",
		"expire@*#":                 "from 1 on",
		"expire@*#x":                "from 1 on",
		"expire@SYNO.API.Auth.x#-1": "from 1 on",
	} {
		_, err := fault.Parse(text)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q in it", text, err, says)
		}
	}
}

func TestInjectorCountsTheCallsOfEachFault(t *testing.T) {
	in := fault.NewInjector(
		fault.Spec{Kind: fault.Truncate, API: "A.B", Method: "list", Nth: 2},
		fault.Spec{Kind: fault.Expire, API: fault.Any, Method: fault.Any, Nth: 4},
		fault.Spec{Kind: fault.Deny, Code: 105, API: fault.Any, Method: "get"},
	)
	var got []string
	for _, call := range [][2]string{{"A.B", "list"}, {"A.B", "get"}, {"A.B", "list"}, {"C", "list"}, {"A.B", "list"}} {
		var kinds []string
		for _, s := range in.Next(call[0], call[1]) {
			kinds = append(kinds, string(s.Kind))
		}
		got = append(got, strings.Join(kinds, "+"))
	}
	if want := []string{"", "deny", "truncate", "expire", ""}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	in.Add(fault.Spec{Kind: fault.DropAfter, API: "A.B", Method: "list", Nth: 1})
	if hits := in.Next("A.B", "list"); len(hits) != 1 || hits[0].Kind != fault.DropAfter {
		t.Errorf("a fault put in later counts from then: %v", hits)
	}
	in.Clear()
	if hits := in.Next("A.B", "get"); len(hits) != 0 {
		t.Errorf("cleared: %v", hits)
	}
}

func TestAnNthFaultHitsOnceUnderConcurrency(t *testing.T) {
	in := fault.NewInjector(fault.Spec{Kind: fault.Expire, API: fault.Any, Method: fault.Any, Nth: 50})
	var hits sync.Map
	var wait sync.WaitGroup
	for i := range 100 {
		wait.Go(func() {
			if len(in.Next("A", "b")) > 0 {
				hits.Store(i, true)
			}
		})
	}
	wait.Wait()
	n := 0
	hits.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("%d hits", n)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"slow=2s@*.list#3", "deny=105@SYNO.A.b", "truncate@*", "expire@*.*", "drop-before@a.b#1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		spec, err := fault.Parse(text)
		if err != nil {
			return
		}
		again, err := fault.Parse(spec.String())
		if err != nil || again != spec {
			t.Errorf("%q reads as %+v, written as %q, which reads as %+v, %v", text, spec, spec, again, err)
		}
		if spec.API == "" || spec.Method == "" || !spec.Matches(spec.API, spec.Method) {
			t.Errorf("%q: %+v does not match itself", text, spec)
		}
	})
}
