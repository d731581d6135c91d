package adaxes_test

import (
	"encoding/json"
	"net/http"
)

// licence reports whether John Smith has a licence, by the older way to read it.
func (s *site) licence(part string) bool {
	s.t.Helper()
	status, answer := s.do(http.MethodGet, query(objects+"/o365Account/properties", "directoryObject", john), "")
	var told struct {
		Licenses []struct {
			Assigned bool
			SKU      struct{ SKUPartNumber string }
		}
	}
	if err := json.Unmarshal([]byte(answer), &told); err != nil || status != http.StatusOK {
		s.t.Fatalf("%d %v: %s", status, err, answer)
	}
	for _, l := range told.Licenses {
		if l.SKU.SKUPartNumber == part {
			return l.Assigned
		}
	}
	s.t.Fatalf("no licence %s among %s", part, answer)
	return false
}
