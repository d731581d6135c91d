package synology

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// apiEntry is what the server advertises of one API.
type apiEntry struct {
	path       string // relative to /webapi/, to be used as it is
	min, max   int
	jsonFormat bool // requestFormat is JSON: every value is a JSON text
}

// bootstrap is the entry of SYNO.API.Info itself, which is asked before
// anything is known: query.cgi answers on DSM 5 to 7 (public clients).
func bootstrap() apiEntry { return apiEntry{path: "query.cgi", min: 1, max: 1} }

// discover asks for all APIs. Sent with the session, if there is one.
func (c *connection) discover(ctx context.Context) error {
	data, err := c.call(ctx, methodDiscover, c.host, params{"query": "all"})
	if err != nil {
		return err
	}
	apis, err := decodeAPIs(data)
	if err != nil {
		return c.explain(methodDiscover, c.host, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.apis = apis
	return nil
}

func decodeAPIs(data json.RawMessage) (map[string]apiEntry, error) {
	refuse := webclient.Fault(models.ErrProtocol, "it does not list its APIs as a DSM does", adviceHost)
	apis := make(map[string]apiEntry)
	for name, raw := range rawjson.Members(data) {
		a := members(raw)
		lowest, _ := a.Int("minversion")
		highest, _ := a.Int("maxversion")
		entry := apiEntry{
			path: strings.TrimLeft(a.Text("path"), "/"), min: int(lowest), max: int(highest),
			jsonFormat: strings.EqualFold(a.Text("requestformat"), "JSON"),
		}
		if first(raw) != '{' {
			return nil, refuse
		}
		// A captured client sends list's values as JSON texts whatever is
		// advertised; that all of the package does the same is inferred.
		if strings.HasPrefix(name, apiADPrefix) || name == apiCompound || name == apiForgotPwd {
			entry.jsonFormat = true
		}
		if name == apiAuth { // never quoted (official guide)
			entry.jsonFormat = false
		}
		if entry.path == "" {
			entry.path = "entry.cgi"
		}
		apis[name] = entry
	}
	if len(apis) == 0 {
		return nil, refuse
	}
	return apis, nil
}

// target is where and how a method is to be sent.
type target struct {
	entry   apiEntry
	version int
}

// lookup finds the method's API and picks the version. An API that is not in
// the list is looked for once more: the package may have been started since.
func (c *connection) lookup(ctx context.Context, m method) (target, error) {
	if m.api == apiInfo {
		return target{bootstrap(), 1}, nil
	}
	entry, found := c.entry(m.api)
	if !found {
		if err := c.discover(ctx); err != nil {
			return target{}, err
		}
		if entry, found = c.entry(m.api); !found {
			return target{}, &failure{code: codeNoAPI}
		}
	}
	version, ok := m.version(entry)
	if !ok {
		return target{}, webclient.Fault(models.ErrUnsupported,
			fmt.Sprintf("this DSM speaks %s in versions %d to %d, dirdesk in %s", m.api, entry.min, entry.max, joinInts(m.versions)), adviceUpdate)
	}
	return target{entry, version}, nil
}

func (c *connection) entry(api string) (apiEntry, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	entry, found := c.apis[api]
	return entry, found
}

// forget drops an API from the list, so that the next call looks for it again.
func (c *connection) forget(api string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.apis, api)
}

func joinInts(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ", ")
}
