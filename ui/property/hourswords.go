package property

import (
	"encoding/base64"
	"strconv"
)

// week is a week of hours in UTC from Sunday 00:00 on: those in which an account
// may sign in.
type week [168]bool

// parseWeek reads the 21 bytes.
func parseWeek(text string) (w week, ok bool) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(data) != len(w)/8 {
		return week{}, false
	}
	for i := range w {
		w[i] = data[i/8]>>(i%8)&1 == 1
	}
	return w, true
}

// text is the 21 bytes.
func (w week) text() string {
	var data [len(w) / 8]byte
	for i, on := range w {
		if on {
			data[i/8] |= 1 << (i % 8)
		}
	}
	return base64.StdEncoding.EncodeToString(data[:])
}

// hours is how many there are.
func (w week) hours() int {
	n := 0
	for _, on := range w {
		if on {
			n++
		}
	}
	return n
}

// hoursWords says how much of the week a value leaves.
func hoursWords(text string) string {
	w, ok := parseWeek(text)
	if !ok {
		return oneLine(text)
	}
	return w.words()
}

func (w week) words() string {
	switch n := w.hours(); n {
	case 0:
		return "at no time"
	case len(w):
		return "at any time"
	default:
		return strconv.Itoa(n) + " of 168 hours"
	}
}
