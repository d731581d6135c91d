package synology

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

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
func (c *Client) discover(ctx context.Context) error {
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
	var advertised map[string]struct {
		Path          looseText `json:"path"`
		MinVersion    looseInt  `json:"minVersion"`
		MaxVersion    looseInt  `json:"maxVersion"`
		RequestFormat looseText `json:"requestFormat"`
	}
	if err := json.Unmarshal(data, &advertised); err != nil || len(advertised) == 0 {
		return nil, &models.Error{
			Kind:   reason{"it does not list its APIs as a DSM does", models.ErrProtocol},
			Advice: "Check that host and port lead to DSM itself.", Err: err,
		}
	}
	apis := make(map[string]apiEntry, len(advertised))
	for name, a := range advertised {
		entry := apiEntry{
			path: strings.TrimLeft(string(a.Path), "/"),
			min:  int(a.MinVersion.value), max: int(a.MaxVersion.value),
			jsonFormat: strings.EqualFold(string(a.RequestFormat), "JSON"),
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
	return apis, nil
}

// target is where and how a method is to be sent.
type target struct {
	entry   apiEntry
	version int
}

// lookup finds the method's API and picks the version. An API that is not in
// the list is looked for once more: the package may have been started since.
func (c *Client) lookup(ctx context.Context, m method) (target, error) {
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
		return target{}, &models.Error{
			Kind: reason{
				fmt.Sprintf("this DSM speaks %s in versions %d to %d, dirdesk in %s",
					m.api, entry.min, entry.max, joinInts(m.versions)),
				models.ErrUnsupported,
			},
			Advice: "Update DSM and its packages, or dirdesk.",
		}
	}
	return target{entry, version}, nil
}

func (c *Client) entry(api string) (apiEntry, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	entry, found := c.apis[api]
	return entry, found
}

// forget drops an API from the list, so that the next call looks for it again.
func (c *Client) forget(api string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.apis, api)
}
