package adaxes

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// reader reads a body and notes every fault by the path of the member that has
// it, as ASP.NET does. Names of members match whatever their case.
type reader struct {
	custom *customAttributes // for criteria only
	state  map[string][]string
}

func (r *reader) complain(path, complaint string) {
	if r.state == nil {
		r.state = map[string][]string{}
	}
	r.state[path] = append(r.state[path], complaint)
}

// failure is what is wrong with the body, nil when nothing is.
func (r *reader) failure() *failure {
	if len(r.state) == 0 {
		return nil
	}
	return badRequest(r.state)
}

// object is a JSON object whose members are found by name; those that nobody asks
// for are passed over, as public clients rely on.
type object struct {
	r       *reader
	path    string
	members map[string]json.RawMessage // by name in lower case; the last of several
}

// object reads a JSON object. A fault is noted and gives an empty one.
func (r *reader) object(raw json.RawMessage, path string) object {
	o := object{r: r, path: path, members: map[string]json.RawMessage{}}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil || members == nil {
		r.complain(path, "An object is expected.")
		return o
	}
	for name, value := range members {
		o.members[strings.ToLower(name)] = value
	}
	return o
}

func (o object) at(name string) string {
	if o.path == "" {
		return name
	}
	return o.path + "." + name
}

// raw gives a member; absent and null are the same.
func (o object) raw(name string) (json.RawMessage, bool) {
	v, ok := o.members[strings.ToLower(name)]
	return v, ok && !isNull(v)
}

// has reports whether a member is there, null too.
func (o object) has(name string) bool {
	_, ok := o.members[strings.ToLower(name)]
	return ok
}

func isNull(raw json.RawMessage) bool { return bytes.Equal(bytes.TrimSpace(raw), []byte("null")) }

// text reads a string; "" when there is none.
func (o object) text(name string) string {
	raw, ok := o.raw(name)
	if !ok {
		return ""
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		o.r.complain(o.at(name), "A string is expected.")
	}
	return s
}

// missing are the words for a member that has to be there: they name the member of
// the server's model, in PascalCase (seen on a server).
func missing(name string) string {
	return "The " + strings.ToUpper(name[:1]) + name[1:] + " field is required."
}

// required reads a string that must be there and not be empty.
func (o object) required(name string) string {
	s := o.text(name)
	if _, ok := o.raw(name); !ok || s == "" && o.r.state[o.at(name)] == nil {
		o.r.complain(o.at(name), missing(name))
	}
	return s
}

// flag reads a boolean; known is false when there is none.
func (o object) flag(name string) (value, known bool) {
	raw, ok := o.raw(name)
	if !ok {
		return false, false
	}
	if json.Unmarshal(raw, &value) != nil {
		o.r.complain(o.at(name), "A boolean is expected.")
		return false, false
	}
	return value, true
}

// number reads a whole number; known is false when there is none.
func (o object) number(name string) (value int64, known bool) {
	raw, ok := o.raw(name)
	if !ok {
		return 0, false
	}
	value, err := strconv.ParseInt(string(bytes.TrimSpace(raw)), 10, 64)
	if err != nil {
		o.r.complain(o.at(name), "A whole number is expected.")
		return 0, false
	}
	return value, true
}

// enum reads a name or a number as text, for looking up.
func (o object) enum(name string) (word string, known bool) {
	raw, ok := o.raw(name)
	if !ok {
		return "", false
	}
	if raw[0] == '"' {
		return o.text(name), true
	}
	if n, ok := o.number(name); ok {
		return strconv.FormatInt(n, 10), true
	}
	return "", false
}

// list reads an array; nil when there is none.
func (o object) list(name string) []json.RawMessage {
	raw, ok := o.raw(name)
	if !ok {
		return nil
	}
	var all []json.RawMessage
	if json.Unmarshal(raw, &all) != nil {
		o.r.complain(o.at(name), "An array is expected.")
	}
	return all
}

// item is the path of an element of a list.
func (o object) item(name string, i int) string {
	return o.at(name) + "[" + strconv.Itoa(i) + "]"
}
