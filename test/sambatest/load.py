# Adds entries to a stopped server's database, through Samba's own modules, so
# that SIDs, indexes and links are right. One JSON object a line on stdin:
# {"dn": "...", "attributes": {"name": ["value", ...]}}.
#
# batch_mode spares a nested transaction for each entry, and the larger index
# cache keeps the cost of an entry from growing with their number.
import json
import sys

from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

lp = LoadParm()
lp.load(sys.argv[1])
db = SamDB(url=sys.argv[2], session_info=system_session(lp), lp=lp,
           options=["batch_mode:1", "transaction_index_cache_size:200003"])
db.transaction_start()
try:
    for line in sys.stdin:
        entry = json.loads(line)
        db.add({"dn": entry["dn"], **entry["attributes"]})
except BaseException:
    db.transaction_cancel()
    raise
db.transaction_commit()
