def test_x(browser, erc):
    r = browser.get("/orders/", {"customer_id":"a/b#c?d%é","order_id":"2"})
    print(r.content.decode())
    assert r.status_code==200
    print(erc.asked)
    assert 0
