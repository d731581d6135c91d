package dsm

import (
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// maxBody bounds what a client may send in one request, in bytes.
const maxBody = 16 << 20

// form is the merge of query and body: for each name the values in the order
// body, query.
type form map[string][]string

// get gives the first value that is not empty; ok tells whether the name was
// sent at all. The Python library sends "api" twice, and once empty in the
// query with the real one in the body (captured).
func (f form) get(name string) (value string, ok bool) {
	values, ok := f[name]
	for _, v := range values {
		if v != "" {
			return v, true
		}
	}
	return "", ok
}

// addPairs adds what a query or an urlencoded body holds.
func (f form) addPairs(pairs string) {
	for pair := range strings.SplitSeq(pairs, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name = unescape(name)
		f[name] = append(f[name], unescape(value))
	}
}

// unescape undoes form encoding; a text with a broken escape stays as it came.
// net/url would drop the whole pair, and a pair with a bare ";" as well.
func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

// readForm merges the request's body and query. A body of another type than a
// form's is taken for one all the same, as clients without a Content-Type
// exist.
func readForm(r *http.Request) (form, error) {
	f := form{}
	if r.Method == http.MethodPost && r.Body != nil {
		kind, parameters, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
		body := http.MaxBytesReader(nil, r.Body, maxBody)
		if kind == "multipart/form-data" {
			if err := f.addMultipart(multipart.NewReader(body, parameters["boundary"])); err != nil {
				return nil, err
			}
		} else {
			text, err := io.ReadAll(body)
			if err != nil {
				return nil, err
			}
			f.addPairs(string(text))
		}
	}
	f.addPairs(r.URL.RawQuery)
	return f, nil
}

func (f form) addMultipart(parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		f[part.FormName()] = append(f[part.FormName()], string(value))
	}
}

// credentials are what a request carries to prove its session, by whichever of
// the four carriers.
type credentials struct {
	sid     string // parameter _sid, else cookie id
	token   string // header X-SYNO-TOKEN, else parameter SynoToken
	address string // client's IP address
}

func readCredentials(r *http.Request, f form) credentials {
	var c credentials
	c.sid, _ = f.get("_sid")
	if c.sid == "" {
		if cookie, err := r.Cookie("id"); err == nil {
			c.sid = cookie.Value
		}
	}
	if c.token = r.Header.Get("X-SYNO-TOKEN"); c.token == "" {
		c.token, _ = f.get("SynoToken")
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	c.address = host
	return c
}

// unquote takes the quotes off a word that a client sent as JSON text: method,
// action, scope and mode come either way (captured).
func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}
