package synology

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"dirdesk/models"
)

func TestRequestIsSentAsTyped(t *testing.T) {
	const call = `{ "method":"set", "api":"SYNO.X","version" : "2", "a":1e5, "a":"\u0041<&>", "é":null }`
	for name, test := range map[string]struct {
		typed, compound, mode, stop string
	}{
		"array":           {"\n [ " + call + " ]\n", "[ " + call + " ]", `"sequential"`, "true"},
		"object":          {`{"compound": [` + call + `]}`, "[" + call + "]", `"sequential"`, "true"},
		"object in full":  {`{"mode":"parallel","stop_when_error":false,"compound":[` + call + `]}`, "[" + call + "]", `"parallel"`, "false"},
		"object, defined": {`{"mode":"sequential","stop_when_error":true,"compound":[` + call + `]} `, "[" + call + "]", `"sequential"`, "true"},
	} {
		t.Run(name, func(t *testing.T) {
			const data = `{ "has_fail":false, "result":[{"data":{"z":1,"a":1.50},"success":true}] }`
			server := newCanned(t)
			server.answer(wireCompound, `{"data":`+data+`,"success":true}`)
			answer, err := server.open().Request(t.Context(), []byte(test.typed))
			if err != nil || string(answer) != data {
				t.Errorf("got %s, %v; want the data as it came", answer, err)
			}
			sent := server.only(wireCompound).form
			if sent.Get("compound") != test.compound || sent.Get("mode") != test.mode || sent.Get("stop_when_error") != test.stop {
				t.Errorf("sent compound=%s mode=%s stop_when_error=%s", sent.Get("compound"), sent.Get("mode"), sent.Get("stop_when_error"))
			}
		})
	}
}

func TestRequestThatIsNone(t *testing.T) {
	server := newCanned(t)
	client := server.open()
	for _, typed := range []string{
		"", " ", "null", "true", `"[]"`, "[]", "[1]", "[[]]", "[null]", "[{}]", `[{"api":"SYNO.X"}]`, `[{"api":1,"method":"m"}]`,
		`[{"api":"SYNO.X","method":"m"}`, `[{"api":"SYNO.X","method":"m"}] x`, `{"compound":[]}`, `{"compound":null}`, `{}`,
		`{"api":"SYNO.X","method":"m"}`, `{"compound":[{"api":"SYNO.X","method":"m"}],"mode":"both"}`,
		`{"compound":[{"api":"SYNO.X","method":"m"}],"stop_when_error":"yes"}`, `{"compound":[{"api":"SYNO.X","method":"m"}]} {}`,
		`{"compound":[{"api":"SYNO.X","method":"m"}]} ]`, "[{\"api\":\"SYNO.X\",\"method\":\"\xff\"}]",
	} {
		_, err := client.Request(t.Context(), []byte(typed))
		if !errors.Is(err, models.ErrInvalid) {
			t.Errorf("%q: got %v, want ErrInvalid", typed, err)
			continue
		}
		checkForPeople(t, err, client.host, "", "")
	}
	if n := len(server.seen(wireCompound)); n != 0 {
		t.Errorf("%d requests went out", n)
	}
}

// An expert sees the answer even when it tells of a failure, and an error too.
func TestRequestThatFailsInPart(t *testing.T) {
	const typed = `[{"api":"SYNO.A","method":"one","password":"opensesame"},{"api":"SYNO.B","method":"two"}]`
	for name, test := range map[string]struct {
		result string
		want   error
		words  string
	}{
		"second":       {`{"success":true},{"success":false,"error":{"code":103}}`, models.ErrUnsupported, "run SYNO.B.two"},
		"with words":   {`{"success":true},{"success":false,"error":{"code":10104,"errors":[{"msg":"bad value opensesame"}]}}`, models.ErrServer, "run SYNO.B.two"},
		"one is lost":  {`{"success":true}`, models.ErrUnknownOutcome, "another number of calls"},
		"session lost": {`{"success":true},{"success":false,"error":{"code":119}}`, models.ErrSession, "run SYNO.B.two"},
	} {
		t.Run(name, func(t *testing.T) {
			data := `{"has_fail":true,"result":[` + test.result + `]}`
			server := newCanned(t)
			server.answer(wireCompound, `{"data":`+data+`,"success":true}`)
			answer, err := server.open().Request(t.Context(), []byte(typed))
			var told *models.Error
			if !errors.Is(err, test.want) || !errors.As(err, &told) || !strings.Contains(err.Error(), test.words) || string(answer) != data {
				t.Errorf("got %s, %v; want %v with %q", answer, err, test.want, test.words)
			}
			if shown := fmt.Sprintf("%v %+v", err, told); strings.Contains(shown, "opensesame") {
				t.Errorf("the password shows: %s", shown)
			}
			server.only(wireCompound) // one call of it was done: never again
		})
	}
}

func TestRequestOfWhichNothingRanIsSentAgain(t *testing.T) {
	server := newCanned(t)
	client := server.open()
	requests := answerOnce(server, wireCompound,
		`{"data":{"has_fail":true,"result":[{"success":false,"error":{"code":119}},{"success":false,"error":{"code":112}}]},"success":true}`,
		`{"data":{"has_fail":false,"result":[{"success":true},{"success":true}]},"success":true}`)
	if _, err := client.Request(t.Context(), []byte(`[{"api":"SYNO.A","method":"m"},{"api":"SYNO.B","method":"m"}]`)); err != nil || requests.Load() != 2 {
		t.Errorf("%d requests, %v", requests.Load(), err)
	}
}
